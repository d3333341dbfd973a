import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { hashKey } from '../model/token-key.ts';

interface Shown {
  readonly key: string;
  /**
   * Stands for the credentials where they are remembered. The key cannot be read from it. It is as short for long credentials as for
   * others, because wrong ones are remembered too. It includes the kind, because a key is wrong when it comes with an empty e-mail
   * address, and may be right as a token.
   */
  readonly fingerprint: string;
}

interface TokenCredentials extends Shown {
  readonly kind: 'token';
}

interface BasicCredentials extends Shown {
  readonly kind: 'basic';
  readonly email: string;
}

/** The credentials in an Authorization header. */
export type Credentials = TokenCredentials | BasicCredentials;

export function tokenCredentials(key: string): TokenCredentials {
  return { kind: 'token', key, fingerprint: `token ${hashKey(key)} ` };
}

export function basicCredentials(email: string, key: string): BasicCredentials {
  return { kind: 'basic', email, key, fingerprint: `basic ${hashKey(JSON.stringify([email, key]))}` };
}

/** The Authorization header that API v2 takes these credentials in. */
export function authorizationOf(credentials: Credentials): string {
  const { kind, key } = credentials;
  // node:http writes one byte for each character.
  if (kind === 'token') return `Token ${Buffer.from(key).toString('latin1')}`;
  return `Basic ${Buffer.from(`${credentials.email}:${key}`).toString('base64')}`;
}

/** Why a header has no credentials. `absent`: there is no header, or its scheme is not accepted. */
export type CredentialsProblem =
  'absent' | 'token-empty' | 'token-spaces' | 'token-encoding' | 'basic-empty' | 'basic-spaces' | 'basic-encoding';

export type Scheme = 'token' | 'bearer' | 'basic';

/** The credentials in a header, or why it has none. */
type Parsed = Credentials | { readonly problem: CredentialsProblem };

// A member of the socket and not an entry of a WeakMap, because many short-lived entries make garbage collection slow.
const LAST = Symbol('last credentials');

interface KnownSocket extends Socket {
  [LAST]?: { readonly header: string | undefined; readonly accepted: readonly Scheme[]; readonly parsed: Parsed };
}

/**
 * Reads the Authorization header of a request: see `parseCredentials`. A connection shows the same header again and again, and
 * making a fingerprint takes as long as finding a campaign. The last one is therefore remembered with its connection.
 */
export function credentialsOf({ headers, socket }: IncomingMessage, accepted: readonly Scheme[]): Parsed {
  const known: KnownSocket = socket;
  const header = headers.authorization;
  const last = known[LAST];
  if (last?.header === header && last?.accepted === accepted) return last.parsed;
  const parsed = parseCredentials(header, accepted);
  known[LAST] = { header, accepted, parsed };
  return parsed;
}

/** Reads an Authorization header of one of the accepted schemes. Their names ignore case (RFC 9110, 11.1). */
export function parseCredentials(header: string | undefined, accepted: readonly Scheme[]): Parsed {
  // Only space and tab separate the parts (RFC 9110, 5.6.3). A key may contain other Unicode white space.
  const [name = '', value, ...more] = (header ?? '').split(/[ \t]+/).filter((part) => part !== '');
  const scheme = accepted.find((one) => one === name.toLowerCase());
  switch (scheme) {
    case undefined:
      return { problem: 'absent' };
    case 'token':
    case 'bearer': {
      if (value === undefined) return { problem: 'token-empty' };
      if (more.length) return { problem: 'token-spaces' };
      // Node decodes headers as Latin-1, so other text is decoded again as UTF-8. ASCII is the same in both.
      const key = /^[!-~]+$/.test(value) ? value : decodeUtf8(Buffer.from(value, 'latin1'));
      return key === null ? { problem: 'token-encoding' } : tokenCredentials(key);
    }
    case 'basic':
      if (value === undefined) return { problem: 'basic-empty' };
      if (more.length) return { problem: 'basic-spaces' };
      return parseBasic(value);
  }
}

function parseBasic(value: string): Parsed {
  // Existing servers ignore characters outside the base64 alphabet, but refuse missing padding. They ignore padding beyond what is needed.
  const base64 = value.replace(/[^A-Za-z0-9+/=]/g, '');
  const bytes = Buffer.from(base64, 'base64');
  const text = decodeUtf8(bytes) ?? bytes.toString('latin1');
  const colon = text.indexOf(':');
  if (!isPadded(base64) || colon < 0) return { problem: 'basic-encoding' };
  return basicCredentials(text.slice(0, colon), text.slice(colon + 1));
}

function isPadded(base64: string): boolean {
  const characters = base64.replace(/=+$/, '').length;
  const missing = (4 - (characters % 4)) % 4;
  return missing < 3 && base64.length - characters >= missing;
}

function decodeUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
