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

const TOO_MANY_TRIALS = 'Too many tokens are being tried at the account at present. Try again later.';

/**
 * Checks tokens at the accounts, each one once in REMEMBERED ms. While an account is unavailable, the tokens that it has accepted stay
 * valid, because nothing says that they are wrong.
 * @param timeout How long, in ms, a caller waits for a check. The check itself goes on, and its answer is cached.
 * @param clock A time in ms that is never set back, because a token that was revoked would be accepted until it had caught up.
 */
export function accountTokens(
  tryToken: TryToken,
  timeout: number,
  clock: () => number = () => performance.now(),
): AccountTokens {
  const answers = new CachedAnswers(clock);
  const trials = new Map<string, Promise<Identity | null>>();
  const unknownTrials = (): number => [...trials.keys()].filter((fingerprint) => !answers.accepted(fingerprint)).length;

  /** Requests that come with the same token meanwhile share one trial. */
  const trial = (credentials: Credentials): Promise<Identity | null> => {
    const { fingerprint } = credentials;
    let running = trials.get(fingerprint);
    if (running) return running;
    if (!answers.accepted(fingerprint) && unknownTrials() >= MAX_TRIALS) {
      return Promise.reject(new UpstreamUnavailableError(TOO_MANY_TRIALS));
    }
    running = tryToken(credentials)
      .then((identity) => {
        answers.learn(fingerprint, identity);
        return identity;
      })
      .finally(() => trials.delete(fingerprint));
    trials.set(fingerprint, running);
    return running;
  };

  return {
    remembered: (fingerprint) => answers.valid(fingerprint),
    async identify(credentials) {
      const { fingerprint } = credentials;
      const identity = answers.valid(fingerprint);
      if (identity) return identity;
      const accepted = answers.accepted(fingerprint);
      if (!accepted && answers.isRefused(fingerprint)) return null;
      try {
        return await within(timeout, trial(credentials), () => new UpstreamUnavailableError(NO_ANSWER));
      } catch (error) {
        if (!accepted || !(error instanceof UpstreamUnavailableError)) throw error;
        accepted.until = clock() + GRACE;
        return accepted.identity;
      }
    },
  };
}

interface Accepted {
  readonly identity: Identity;
  /** The time until which the token needs no other check. */
  until: number;
}

/** The accounts' last answers about tokens. It holds hashes of keys, not keys. */
class CachedAnswers {
  readonly #clock: () => number;
  readonly #accepted = new Map<string, Accepted>();
  /** The times until which tokens stay refused. */
  readonly #refused = new Map<string, number>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** @param identity null: no account knows the token. */
  learn(fingerprint: string, identity: Identity | null): void {
    this.#accepted.delete(fingerprint);
    this.#refused.delete(fingerprint);
    const until = this.#clock() + REMEMBERED;
    if (identity) {
      makeRoom(this.#accepted, MAX_REMEMBERED);
      this.#accepted.set(fingerprint, { identity, until });
    } else {
      makeRoom(this.#refused, MAX_REMEMBERED);
      this.#refused.set(fingerprint, until);
    }
  }

  /** The last answer about a token, if an account has accepted it. It may be time to check the token again. */
  accepted(fingerprint: string): Accepted | undefined {
    return this.#accepted.get(fingerprint);
  }

  /** The caller with an accepted token; null when it is not accepted, or when it is time to check it again. */
  valid(fingerprint: string): Identity | null {
    const entry = this.#accepted.get(fingerprint);
    return entry && this.#clock() < entry.until ? entry.identity : null;
  }

  isRefused(fingerprint: string): boolean {
    return this.#clock() < (this.#refused.get(fingerprint) ?? 0);
  }
}

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
