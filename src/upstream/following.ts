import { MINUTE } from '../model/time.ts';
import { paused } from '../waiting/paused.ts';
import type { AccountClient, Failure } from './account-client.ts';
import type { FollowerParts } from './follower.ts';
import { Follower } from './follower.ts';
import { REFUSED_RETRY, retryDelay } from './schedule.ts';
import type { Upstreams } from './upstreams.ts';

/** How long, in ms, a follower waits after a fault, such as an outage of the database. */
const FAULT_WAIT = 1_000;

/** How long, in ms, a request may go on when the server stops. */
const STOP = 3_000;

export interface Following {
  /** Starts no more steps. Resolves when the running steps have ended, and the accounts are free for other instances. */
  stop(): Promise<void>;
}

/**
 * Keeps the workspaces of all accounts up to date from now on, as long as the server runs. Several instances share the work: an account
 * is followed by one of them at a time. Calls `onError` with each fault, such as an outage of the database, and goes on a little later.
 */
export function startFollowing(
  upstreams: Upstreams,
  parts: FollowerParts,
  onError: (error: unknown) => void,
  onUnconnected: (failure: Failure) => void,
): Following {
  const stopping = new AbortController();
  const { signal } = stopping;
  const sleep = (ms: number) => paused(Math.max(0, ms), signal);

  const connect = async (client: AccountClient): Promise<Follower | null> => {
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        const account = await upstreams.connect(client);
        if (!('failure' in account)) return new Follower(parts, account.workspace, client);
        if (account.expected !== null) return new Follower(parts, account.expected, client, false);
        onUnconnected(account.failure);
        const refused = account.failure.kind === 'unauthorised';
        await sleep((refused ? REFUSED_RETRY : retryDelay(failures, parts.random())) / 1000);
      } catch (error) {
        onError(error);
        await sleep(FAULT_WAIT);
      }
    }
    return null;
  };

  const follow = async (client: AccountClient): Promise<void> => {
    // Repeats only when the account turns out to belong to another workspace than expected.
    while (!signal.aborted) {
      const follower = await connect(client);
      if (follower) await run(follower);
    }
  };

  const run = async (follower: Follower): Promise<void> => {
    while (!signal.aborted) {
      try {
        const next = await follower.step();
        if (next === null) break;
        // This also waits when the next step is due at once, so that other tasks can run in between.
        await sleep(Math.min(next - parts.clock(), MINUTE) / 1000);
      } catch (error) {
        onError(error);
        await sleep(FAULT_WAIT);
      }
    }
    await follower.stop().catch(onError);
  };

  const followed = upstreams.clients.map((client) => follow(client));
  return {
    async stop() {
      stopping.abort();
      // Then this aborts the running requests.
      const timer = setTimeout(() => upstreams.close(), STOP);
      await Promise.all(followed);
      clearTimeout(timer);
      upstreams.close();
    },
  };
}
