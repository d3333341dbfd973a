import { hashKey } from './token.ts';

/** The credentials in an Authorization header. */
export type Credentials =
  | { readonly kind: 'token'; readonly key: string }
  | { readonly kind: 'basic'; readonly email: string; readonly key: string };

/**
 * A text that stands for the credentials where they are remembered. The key cannot be read from it. It names the kind, because
 * a key that comes with an empty e-mail address is wrong, and the same key as a token is not.
 */
export function fingerprintOf(credentials: Credentials): string {
  const { kind, key } = credentials;
  return `${kind} ${hashKey(key)} ${kind === 'basic' ? credentials.email : ''}`;
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

/** Reads an Authorization header of one of the accepted schemes. Their names ignore case (RFC 9110, 11.1). */
export function parseCredentials(
  header: string | undefined,
  accepted: readonly Scheme[],
): Credentials | { problem: CredentialsProblem } {
  // Only space and tab separate the parts (RFC 9110, 5.6.3). A key may contain other Unicode white space.
  const [name = '', value, ...more] = (header ?? '').replace(/^[ \t]+|[ \t]+$/g, '').split(/[ \t]+/);
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
      return key === null ? { problem: 'token-encoding' } : { kind: 'token', key };
    }
    case 'basic':
      if (value === undefined) return { problem: 'basic-empty' };
      if (more.length) return { problem: 'basic-spaces' };
      return parseBasic(value);
  }
}

function parseBasic(value: string): Credentials | { problem: CredentialsProblem } {
  // Existing servers ignore characters outside the base64 alphabet, but refuse wrong padding. This one does the same.
  const base64 = value.replace(/[^A-Za-z0-9+/=]/g, '');
  const bytes = Buffer.from(base64, 'base64');
  const text = decodeUtf8(bytes) ?? bytes.toString('latin1');
  const colon = text.indexOf(':');
  if (base64.length % 4 !== 0 || colon < 0) return { problem: 'basic-encoding' };
  return { kind: 'basic', email: text.slice(0, colon), key: text.slice(colon + 1) };
}

function decodeUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
