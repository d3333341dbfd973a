import { setTimeout as wait } from 'node:timers/promises';
import type { MirroredCampaign } from '../model/mirror-campaigns.ts';
import type { MirroredGroup } from '../model/mirror-groups.ts';
import type { AccountClient, Failure, Outcome } from './account-client.ts';
import { ENDLESS } from './account-client.ts';
import type { AccountPage, AccountWorkspace } from './answers.ts';
import { retryDelay } from './schedule.ts';

/** How often a page is requested, at most. Requests that the account has rate-limited are not counted. */
const TRIES = 5;

/** All that an account shows of its groups and campaigns, newest first. */
export interface WholeAccount {
  readonly workspace: AccountWorkspace;
  readonly groups: readonly MirroredGroup[];
  readonly campaigns: readonly MirroredCampaign[];
}

/** Callbacks while an account is read. */
export interface ReadEvents {
  /** `objects` is how many have been read so far. The total is not known before the end. */
  read(objects: number): void;
  /** The account allows no more requests for this number of seconds. */
  waiting(seconds: number): void;
}

/**
 * Reads a whole account once, from the first page of each list to the last. When the account limits requests, waits as long as the
 * account asks. Retries unanswered requests, but not the first one. Returns the failure when a request has failed for good.
 */
export async function readAccount(
  client: AccountClient,
  events: ReadEvents,
): Promise<WholeAccount | { readonly failure: Failure }> {
  let count = 0;

  const ask = async <Value>(request: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> => {
    for (let tries = 1; ;) {
      const outcome = await request();
      if (outcome.kind === 'rate-limited') {
        events.waiting(outcome.retryAfter);
        await wait(outcome.retryAfter * 1000);
      } else if ((outcome.kind === 'unknown' || outcome.kind === 'unreachable') && tries < TRIES) {
        await wait(retryDelay(tries, Math.random()) / 1000);
        tries += 1;
      } else {
        return outcome;
      }
    }
  };

  /**
   * All rows of a list. A row can move to another page meanwhile: when it was read twice, the last version counts. A page of which all rows
   * were read before is followed by no new ones, so that the list would be read without an end.
   */
  const list = async <Row extends { readonly uuid: string }>(
    page: (cursor: string | null) => Promise<Outcome<AccountPage<Row>>>,
  ): Promise<Outcome<readonly Row[]>> => {
    const rows = new Map<string, Row>();
    let cursor: string | null = null;
    do {
      const at: string | null = cursor;
      const outcome: Outcome<AccountPage<Row>> = await ask(() => page(at));
      if (outcome.kind !== 'ok') return outcome;
      const { size } = rows;
      for (const row of outcome.value.rows) rows.set(row.uuid, row);
      if (rows.size === size && outcome.value.next !== null) return ENDLESS;
      count += outcome.value.rows.length;
      events.read(count);
      cursor = outcome.value.next;
    } while (cursor !== null);
    return { kind: 'ok', value: [...rows.values()] };
  };

  // Not retried: a server that does not answer the first request is probably not the right one.
  const workspace = await client.workspace();
  if (workspace.kind !== 'ok') return { failure: workspace };
  const groups = await list((cursor) => client.groups(cursor));
  if (groups.kind !== 'ok') return { failure: groups };
  const campaigns = await list((cursor) => client.campaigns(cursor));
  if (campaigns.kind !== 'ok') return { failure: campaigns };
  return { workspace: workspace.value, groups: groups.value, campaigns: campaigns.value };
}
