import type { Credentials } from '../access/credentials.ts';
import type { Identify, Identity } from '../access/identity.ts';
import { isIssuedHere } from '../access/identity.ts';
import type { Database } from '../database/database.ts';
import { within } from '../waiting/within.ts';
import { makeRoom } from '../memory/make-room.ts';
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

/** Why a token cannot be judged while an account does not answer. */
export const NO_ANSWER =
  'The account does not answer at present, and this server has not seen this token before. Try again later.';

/** Asks the accounts who the token belongs to. Resolves with null when no account knows it. Rejects with UpstreamUnavailableError. */
export type TryToken = (credentials: Credentials) => Promise<Identity | null>;

/** What is known of tokens that live accounts have issued. */
export interface AccountTokens {
  /**
   * The caller that the credentials belong to; null when they are refused. Rejects with UpstreamUnavailableError when the accounts
   * cannot be asked, or do not answer in time, and are not known to have accepted the credentials before.
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
 * @param timeout How long, in ms, a caller waits for a check. The check itself goes on, and its answer is cached.
 * @param clock A time in ms that is never set back, because a token that was revoked would be accepted until it had caught up.
 */
export function accountTokens(
  tryToken: TryToken,
  timeout: number,
  clock: () => number = () => performance.now(),
): AccountTokens {
  const known = new Map<string, Known>();
  const refused = new Map<string, number>();
  const trials = new Map<string, Promise<Identity | null>>();

  const learn = (fingerprint: string, identity: Identity | null): void => {
    known.delete(fingerprint);
    refused.delete(fingerprint);
    const until = clock() + REMEMBERED;
    if (identity) {
      makeRoom(known, MAX_REMEMBERED);
      known.set(fingerprint, { identity, until });
    } else {
      makeRoom(refused, MAX_REMEMBERED);
      refused.set(fingerprint, until);
    }
  };

  const unknownTrials = (): number => [...trials.keys()].filter((fingerprint) => !known.has(fingerprint)).length;

  /** Requests that come with the same token meanwhile share one trial. */
  const trial = (credentials: Credentials): Promise<Identity | null> => {
    const { fingerprint } = credentials;
    let running = trials.get(fingerprint);
    if (running) return running;
    if (!known.has(fingerprint) && unknownTrials() >= MAX_TRIALS) {
      return Promise.reject(new UpstreamUnavailableError(TOO_MANY_TRIALS));
    }
    running = tryToken(credentials)
      .then((identity) => {
        learn(fingerprint, identity);
        return identity;
      })
      .finally(() => trials.delete(fingerprint));
    trials.set(fingerprint, running);
    return running;
  };

  const remembered = (fingerprint: string): Identity | null => {
    const entry = known.get(fingerprint);
    return entry && clock() < entry.until ? entry.identity : null;
  };

  return {
    remembered,
    async identify(credentials) {
      const { fingerprint } = credentials;
      const identity = remembered(fingerprint);
      if (identity) return identity;
      const entry = known.get(fingerprint);
      if (!entry && clock() < (refused.get(fingerprint) ?? 0)) return null;
      try {
        return await within(timeout, trial(credentials), () => new UpstreamUnavailableError(NO_ANSWER));
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
