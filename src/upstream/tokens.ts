import type { Credentials } from '../access/credentials.ts';
import type { Identify, Identity } from '../access/identity.ts';
import { isIssuedHere } from '../access/identity.ts';
import type { Database } from '../database/database.ts';
import { makeRoom } from '../encoding/make-room.ts';
import { UpstreamUnavailableError } from './unavailable.ts';

/** How long, in ms, an account's answer about a token is cached. A token that is revoked in the account works here for up to this time. */
export const REMEMBERED = 300_000;

/** How many tokens are cached of each kind: accepted ones, and refused ones. */
export const MAX_REMEMBERED = 10_000;

/** How long, in ms, an accepted token stays valid after a check for which the account could not be asked. Then it is checked again. */
const GRACE = 30_000;

/**
 * How many unknown tokens are checked at the same time. Anybody can send any token, and must not be able to keep the account busy with
 * this. Tokens that an account has accepted before are not counted: wrong tokens must not keep anybody from finding out that an accepted
 * one was revoked.
 */
const MAX_TRIALS = 16;

/** Asks the accounts who the token belongs to. Resolves with null when no account knows it. Rejects with UpstreamUnavailableError. */
export type TryToken = (credentials: Credentials) => Promise<Identity | null>;

/** What is known of tokens that live accounts have issued. */
export interface AccountTokens {
  /**
   * The caller that the credentials belong to; null when they are refused. Rejects with UpstreamUnavailableError when the accounts
   * cannot be asked, and are not known to have accepted the credentials before.
   */
  identify(credentials: Credentials): Promise<Identity | null>;
  /** The cached caller; null when no account has accepted the credentials, or when the cache entry has expired. */
  remembered(fingerprint: string): Identity | null;
}

interface Known {
  readonly identity: Identity;
  until: number;
}

/**
 * Checks tokens at the accounts, each one once in REMEMBERED ms. The cache holds hashes of keys, not keys. While an account is
 * unavailable, the tokens that it has accepted stay valid, because nothing says that they are wrong.
 * @param clock A time in ms that is never set back, because a token that was revoked would be accepted until it had caught up.
 */
export function accountTokens(tryToken: TryToken, clock: () => number = () => performance.now()): AccountTokens {
  const known = new Map<string, Known>();
  const refused = new Map<string, number>();
  const trials = new Map<string, Promise<Identity | null>>();

  const learn = (name: string, identity: Identity | null): void => {
    known.delete(name);
    refused.delete(name);
    const until = clock() + REMEMBERED;
    makeRoom<string>(identity ? known : refused, MAX_REMEMBERED);
    if (identity) known.set(name, { identity, until });
    else refused.set(name, until);
  };

  const unknownTrials = (): number => [...trials.keys()].filter((name) => !known.has(name)).length;

  /** Requests that come with the same token meanwhile share one trial. */
  const trial = (name: string, credentials: Credentials): Promise<Identity | null> => {
    let running = trials.get(name);
    if (running) return running;
    if (!known.has(name) && unknownTrials() >= MAX_TRIALS) {
      return Promise.reject(new UpstreamUnavailableError(TOO_MANY_TRIALS));
    }
    running = tryToken(credentials)
      .then((identity) => {
        learn(name, identity);
        return identity;
      })
      .finally(() => trials.delete(name));
    trials.set(name, running);
    return running;
  };

  const remembered = (name: string): Identity | null => {
    const entry = known.get(name);
    return entry && clock() < entry.until ? entry.identity : null;
  };

  return {
    remembered,
    async identify(credentials) {
      const { fingerprint: name } = credentials;
      const identity = remembered(name);
      if (identity) return identity;
      const entry = known.get(name);
      if (!entry && clock() < (refused.get(name) ?? 0)) return null;
      try {
        return await trial(name, credentials);
      } catch (error) {
        if (!entry || !(error instanceof UpstreamUnavailableError)) throw error;
        entry.until = clock() + GRACE;
        return entry.identity;
      }
    },
  };
}

const TOO_MANY_TRIALS = 'Too many tokens are being tried at the account at present. Try again later.';

/** Identifies callers by the tokens of this server, and all others by those of its accounts. */
export function identifyAlsoByAccount(
  database: Pick<Database, 'reader'>,
  identify: Identify,
  tokens: AccountTokens,
): Identify {
  return async (credentials) => {
    // The cache can be asked first, because keys are random: no key is valid both here and in an account. So most requests with an
    // account's token do not read the database.
    const known = tokens.remembered(credentials.fingerprint);
    if (known) return known;
    const own = await identify(credentials);
    if (own !== null || (await isIssuedHere(database, credentials))) return own;
    return tokens.identify(credentials);
  };
}
