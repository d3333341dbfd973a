import { expect } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import type { Micros, WorkspaceId } from '../../../src/database/tables.ts';
import type { MirroredCampaign } from '../../../src/model/mirror-campaigns.ts';
import type { MirroredGroup } from '../../../src/model/mirror-groups.ts';
import { clockTime } from '../../../src/model/time.ts';
import type { Upstream } from '../../../src/model/upstream.ts';
import { upstreamOf } from '../../../src/model/upstream.ts';
import { AccountClient } from '../../../src/upstream/account-client.ts';
import type { Account } from '../../../src/upstream/accounts.ts';
import type { FollowerEvents } from '../../../src/upstream/follower.ts';
import { Follower } from '../../../src/upstream/follower.ts';
import { readAccount } from '../../../src/upstream/read-account.ts';
import { Upstreams } from '../../../src/upstream/upstreams.ts';
import { Campaigns } from '../../../src/model/campaigns.ts';
import { Groups } from '../../../src/model/groups.ts';
import { afterwards } from '../../support/afterwards.ts';
import { AUTHOR } from '../../support/author.ts';
import type { TokenName } from '../../support/fixture.ts';
import { tokenKey } from '../../support/fixture.ts';
import { revisionOf as revisionOfWorkspace } from '../../support/revision.ts';
import type { LiveAccount } from './live-account.ts';

export const SECOND: Micros = 1_000_000;
export const MINUTE: Micros = 60 * SECOND;

/** The settings of an account with a token of the fixture. */
export const accountOf = ({ url }: Pick<LiveAccount, 'url'>, token: TokenName): Account => ({
  url,
  token: tokenKey(token),
});

/** The campaigns and groups of a workspace of the account, as others change them there. */
export const campaignsOf = ({ world }: Pick<LiveAccount, 'world'>, workspace: WorkspaceId) =>
  new Campaigns(world.database, workspace, AUTHOR);
export const groupsOf = ({ world }: Pick<LiveAccount, 'world'>, workspace: WorkspaceId) =>
  new Groups(world.database, workspace, AUTHOR);

/** An account without `definitions.json`. */
export const withoutDefinitions: LiveAccount['fault'] = ({ path }) =>
  path.startsWith('/api/v2/definitions.json')
    ? { kind: 'answer', status: 404, body: { detail: 'Not found.' } }
    : undefined;

/** Gives the oldest campaigns and groups of the account's workspace names that this server's rules refuse. */
export async function giveForeignNames({ world }: Pick<LiveAccount, 'world'>, workspace: WorkspaceId): Promise<void> {
  await world.database.administer(async ({ db }) => {
    for (const table of ['groups', 'campaigns'] as const) {
      const rows = db.selectFrom(table).select('id').where('workspace_id', '=', workspace).where('is_active', '=', 1);
      const listed = table === 'groups' ? rows.where('kind', '=', 'manual') : rows.where('is_archived', '=', 0);
      const found = await listed.orderBy('id').limit(FOREIGN_NAMES.length).execute();
      for (const [place, name] of FOREIGN_NAMES.entries()) {
        const { id = 0 } = found[place] ?? {};
        await db.updateTable(table).set({ name }).where('workspace_id', '=', workspace).where('id', '=', id).execute();
      }
    }
  });
}

const FOREIGN_NAMES = ['A "quoted" one', 'With a \\', ` ${'long '.repeat(20)}`];

/** A mirror of an account, whose follower takes its steps as fast as it can on a clock of its own. */
export interface Mirror {
  readonly database: Database;
  readonly workspace: WorkspaceId;
  readonly client: AccountClient;
  /** What the follower has reported, as short texts. */
  readonly told: string[];
  time(): Micros;
  /** Moves the clock ahead by this time. The follower takes all steps that are due. */
  pass(time: Micros): Promise<void>;
  /** Sets the clock back. */
  setBack(by: Micros): void;
  /** Stops the follower, like a server that stops. */
  stop(): Promise<void>;
  /** Starts another follower, as after a restart of the server. */
  restart(): Promise<void>;
  state(): Promise<Upstream>;
}

/** Opens a mirror on a database that is up to date. */
export async function openMirrorOf(
  database: Database,
  account: Account,
  {
    share = 900,
    timeout = 500,
    start = clockTime(),
    onTime = () => {},
  }: {
    readonly share?: number;
    readonly timeout?: number;
    readonly start?: Micros;
    /** Called with the time whenever the clock moves. */
    readonly onTime?: (time: Micros) => void;
  } = {},
): Promise<Mirror> {
  const upstreams = new Upstreams([account], database);
  afterwards(() => upstreams.close());
  const [connecting] = upstreams.clients;
  if (!connecting) throw new Error('there is no account');
  const connected = await upstreams.connect(connecting);
  if ('failure' in connected) throw new Error(`the account did not answer: ${connected.failure.kind}`);
  const { workspace } = connected;
  const client = new AccountClient(account, timeout);
  afterwards(() => client.close());
  let time = start;
  const told: string[] = [];
  const events: FollowerEvents = {
    changed: (_workspace, list, changes) => void told.push(`${changes} ${list}`),
    failed: (_workspace, failure) => void told.push(failure.kind),
    became: (_workspace, state) => void told.push(state),
  };
  const newFollower = () => {
    next = time;
    return new Follower({ database, share, clock: () => time, random: () => 0.5, events }, workspace, client);
  };
  let next = time;
  let follower = newFollower();
  return {
    database,
    workspace,
    client,
    told,
    time: () => time,
    async pass(by) {
      const end = time + by;
      while (next <= end) {
        time = Math.max(time, next);
        onTime(time);
        // The loop of the server does the same: see following.ts.
        next = Math.min((await follower.step()) ?? Infinity, time + MINUTE);
        time += 1000;
      }
      time = Math.max(time, end);
      onTime(time);
    },
    setBack(by) {
      time -= by;
      // The loop of the server sleeps for this time, whatever the clock shows.
      next -= by;
    },
    stop: () => follower.stop(),
    async restart() {
      await follower.stop();
      follower = newFollower();
    },
    async state() {
      const upstream = await upstreamOf(database.reader, workspace);
      if (!upstream) throw new Error('the workspace has no account');
      return upstream;
    },
  };
}

/** What API v2 shows of an account or a mirror, in the order of its lists. */
export interface Shown {
  readonly campaigns: readonly MirroredCampaign[];
  readonly groups: readonly MirroredGroup[];
}

/** What the account shows now. */
export async function shownBy(client: AccountClient): Promise<Shown> {
  const account = await readAccount(client, { read: () => {}, waiting: () => {} });
  if ('failure' in account) throw new Error(`the account did not answer: ${account.failure.kind}`);
  return { campaigns: account.campaigns, groups: account.groups };
}

/** What the mirror would show. */
export async function shownHere({
  database: { reader },
  workspace,
}: Pick<Mirror, 'database' | 'workspace'>): Promise<Shown> {
  const campaigns = await reader.db
    .selectFrom('campaigns')
    .innerJoin('groups', 'groups.id', 'campaigns.group_id')
    .select([
      'campaigns.uuid',
      'campaigns.name',
      'campaigns.created_on',
      'groups.uuid as group_uuid',
      'groups.name as group_name',
    ])
    .where('campaigns.workspace_id', '=', workspace)
    .where('campaigns.is_active', '=', 1)
    .where('campaigns.is_archived', '=', 0)
    .orderBy('campaigns.created_on', 'desc')
    .orderBy('campaigns.id', 'desc')
    .execute();
  const groups = await reader.db
    .selectFrom('groups')
    .select(['uuid', 'name', 'query', 'status', 'is_system', 'contact_count'])
    .where('workspace_id', '=', workspace)
    .where('is_active', '=', 1)
    .where('kind', '<>', 'status')
    .orderBy('created_on', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return {
    campaigns: campaigns.map(({ uuid, name, created_on: createdOn, group_uuid, group_name }) => ({
      uuid,
      name,
      archived: false,
      group: { uuid: group_uuid, name: group_name },
      createdOn,
    })),
    groups: groups.map(({ is_system, contact_count: count, ...group }) => ({
      ...group,
      system: is_system === 1,
      count,
    })),
  };
}

/** Expects the mirror to show what the account shows, in the same order. */
export async function expectSame(mirror: Mirror): Promise<void> {
  const [there, here] = [await shownBy(mirror.client), await shownHere(mirror)];
  expect(here.groups).toEqual(there.groups);
  expect(here.campaigns).toEqual(there.campaigns);
}

/**
 * The same, except for the order of objects that were created in the same millisecond: here, those created through the gateway may come
 * before those created in the account. (The account does not say when a group was created.)
 */
export async function expectSameButForTies(mirror: Mirror): Promise<void> {
  const [there, here] = [await shownBy(mirror.client), await shownHere(mirror)];
  const inOrder = ({ campaigns }: Shown) =>
    campaigns.toSorted((one, other) => other.createdOn - one.createdOn || (one.uuid < other.uuid ? -1 : 1));
  const byUuid = ({ groups }: Shown) => groups.toSorted((one, other) => (one.uuid < other.uuid ? -1 : 1));
  expect(byUuid(here)).toEqual(byUuid(there));
  expect(inOrder(here)).toEqual(inOrder(there));
}

/** The changes of the mirror's feed after a revision, as short texts. */
export async function changesAfter({ database: { reader }, workspace }: Mirror, revision: number): Promise<string[]> {
  const rows = await reader.db
    .selectFrom('changes')
    .select(['action', 'type', 'fields', 'origin'])
    .where('workspace_id', '=', workspace)
    .where('revision', '>', revision)
    .orderBy('revision')
    .execute();
  return rows.map(({ action, type, fields, origin }) => {
    const named = (JSON.parse(fields) as { name: string; before: unknown; after: unknown }[])
      .map(({ name, before, after }) => `${name}: ${text(before)} -> ${text(after)}`)
      .join(', ');
    return `${origin} ${action} ${type} ${named}`;
  });
}

function text(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'name' in value) return String(value.name);
  return String(value);
}

export const revisionOf = ({ database, workspace }: Mirror) => revisionOfWorkspace(database, workspace);
