import type { Credentials } from '../access/credentials.ts';
import type { Identify, Identity } from '../access/identity.ts';
import { isIssuedHere } from '../access/identity.ts';
import type { Database } from '../database/database.ts';
import { UpstreamUnavailableError } from './unavailable.ts';

/** How long, in ms, it is remembered what an account has said of a token. A token that is revoked there works here for so long. */
export const REMEMBERED = 300_000;

/** How many tokens are remembered of each kind: those that accounts know, and those that they have refused. */
export const MAX_REMEMBERED = 10_000;

/** How long, in ms, a known token is taken for valid after its account could not be asked again. */
const GRACE = 30_000;

/** How many tokens are tried at a time. Strangers choose them, and must not keep the account busy. */
const MAX_TRIALS = 16;

/** Asks the accounts whose token it is. null: no account knows it. Rejects with UpstreamUnavailableError. */
export type TryToken = (credentials: Credentials) => Promise<Identity | null>;

/** What is known of tokens that live accounts have issued. */
export interface AccountTokens {
  /**
   * The caller that the credentials belong to; null when they are refused. Rejects with UpstreamUnavailableError when the accounts
   * cannot be asked and have not been asked before.
   */
  identify(credentials: Credentials): Promise<Identity | null>;
  /** The caller, if an account has known the credentials lately; null otherwise. */
  remembered(fingerprint: string): Identity | null;
}

interface Known {
  readonly identity: Identity;
  until: number;
}

/**
 * Tries tokens at the accounts, each once within REMEMBERED ms. Hashes of keys are remembered, not keys. While an account
 * is away, tokens that it has known go on, because nothing says that they are wrong.
 * @param clock The time in ms.
 */
export function accountTokens(tryToken: TryToken, clock: () => number = Date.now): AccountTokens {
  const known = new Map<string, Known>();
  const refused = new Map<string, number>();
  const trials = new Map<string, Promise<Identity | null>>();

  const learn = (name: string, identity: Identity | null): void => {
    known.delete(name);
    refused.delete(name);
    if (identity) remember(known, name, { identity, until: clock() + REMEMBERED });
    else remember(refused, name, clock() + REMEMBERED);
  };

  /** Requests that come with the same token meanwhile share one trial. */
  const trial = (name: string, credentials: Credentials): Promise<Identity | null> => {
    let running = trials.get(name);
    if (running) return running;
    if (trials.size >= MAX_TRIALS) return Promise.reject(new UpstreamUnavailableError(TOO_MANY_TRIALS));
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

/** Adds a value, and drops the oldest one when there are too many. */
function remember<Value>(values: Map<string, Value>, name: string, value: Value): void {
  const [oldest] = values.keys();
  if (values.size >= MAX_REMEMBERED && oldest !== undefined) values.delete(oldest);
  values.set(name, value);
}

/** Identifies callers by the tokens of this server, and all others by those of its accounts. */
export function identifyAlsoByAccount(
  database: Pick<Database, 'reader'>,
  identify: Identify,
  tokens: AccountTokens,
): Identify {
  return async (credentials) => {
    // No token is of both, because keys are random. So most requests of these callers read nothing.
    const known = tokens.remembered(credentials.fingerprint);
    if (known) return known;
    const own = await identify(credentials);
    if (own !== null || (await isIssuedHere(database, credentials))) return own;
    return tokens.identify(credentials);
  };
}
