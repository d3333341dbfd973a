import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Author } from '../../src/database/database.ts';
import type { ChangeAction, WorkspaceId } from '../../src/database/tables.ts';
import { Campaigns } from '../../src/model/campaigns.ts';
import { Groups } from '../../src/model/groups.ts';
import { clockTime } from '../../src/model/time.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { UpstreamUnavailableError } from '../../src/upstream/unavailable.ts';
import { writeThrough } from '../../src/upstream/write-through.ts';
import { giveClockBack } from '../support/clock.ts';
import { tokenKey } from '../support/fixture.ts';
import { openEmptyDatabase } from '../support/world.ts';
import type { LiveAccount } from './support/live-account.ts';
import { openLiveAccount } from './support/live-account.ts';
import type { Mirror } from './support/mirror.ts';
import {
  accountOf,
  campaignsOf,
  expectSame,
  expectSameButForTies,
  groupsOf,
  MINUTE,
  openMirrorOf,
  revisionOf,
  SECOND,
  shownBy,
} from './support/mirror.ts';

// Random changes in the account and through the gateway, while the follower takes its steps. Some answers get lost, and a replica lags
// behind. UPSTREAM_SEED repeats a run, UPSTREAM_RUNS makes it longer.

const SEED = Number(process.env.UPSTREAM_SEED ?? 1);
const RUNS = Number(process.env.UPSTREAM_RUNS ?? 6);

const SMALL = 2 as WorkspaceId;
const AUTHOR: Author = { origin: 'graphql', user: 'amina@mto.example', token: 'test' };

/** An action. `n` and `m` choose the objects, among those that exist by then. */
interface Action {
  readonly kind:
    | 'create'
    | 'rename'
    | 'move'
    | 'swap'
    | 'archive'
    | 'restore'
    | 'delete'
    | 'create group'
    | 'rename group'
    | 'delete group';
  readonly by: 'account' | 'gateway';
  readonly n: number;
  readonly m: number;
}

/** Actions at one time, and for how many seconds the follower works meanwhile. */
interface Turn {
  readonly actions: readonly Action[];
  readonly seconds: number;
  readonly trouble: 'none' | 'lost answers' | 'replica behind';
}

const NATURAL = fc.nat(1_000_000);
const ACTION: fc.Arbitrary<Action> = fc.record({
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<Action['kind']>('create', 'rename') },
    {
      weight: 4,
      arbitrary: fc.constantFrom<Action['kind']>(
        'move',
        'swap',
        'archive',
        'restore',
        'delete',
        'create group',
        'rename group',
        'delete group',
      ),
    },
  ),
  by: fc.constantFrom('account', 'gateway'),
  n: NATURAL,
  m: NATURAL,
});
const TURN: fc.Arbitrary<Turn> = fc.record({
  actions: fc.array(ACTION, { minLength: 1, maxLength: 4 }),
  seconds: fc.integer({ min: 0, max: 70 }),
  trouble: fc.constantFrom<Turn['trouble']>('none', 'lost answers', 'replica behind', 'replica behind'),
});

let account: LiveAccount;
let mirror: Mirror;
let gateway: ReturnType<ReturnType<typeof writeThrough>['actionsOf']>;
/** How many campaigns and groups were certainly created, in the account or through the gateway. */
const created = { campaigns: 0, groups: 0 };
/** What the mirror had when the comparison of its feed began. */
let start: Awaited<ReturnType<typeof objects>>;
let revision: number;
/** The names and groups that the account had then, those of archived campaigns included. */
let initial: ReadonlyMap<string, string>;

beforeAll(async () => {
  // Only the time of day is simulated. It is the same for the mirror, the account and the writes.
  vi.useFakeTimers({ toFake: ['Date'] });
  account = await openLiveAccount();
  mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin2'), {
    start: clockTime(),
    timeout: 5_000,
    onTime: (time) => vi.setSystemTime(time / 1000),
  });
  await mirror.pass(MINUTE);
  await expectSame(mirror);
  const local = {
    campaigns: new Campaigns(mirror.database, mirror.workspace, AUTHOR),
    groups: new Groups(mirror.database, mirror.workspace, AUTHOR),
  };
  const request = {
    workspace: mirror.workspace,
    author: AUTHOR,
    database: mirror.database,
    caller: 'test',
    signal: new AbortController().signal,
    authorization: `Token ${tokenKey('admin2')}`,
  };
  gateway = writeThrough(async () => mirror.client).actionsOf(request, local);
  start = await objects();
  const { rows } = await sql<{ uuid: string; name: string; of: string }>`
    select campaigns.uuid, campaigns.name, groups.uuid as "of" from campaigns join groups on groups.id = campaigns.group_id
    where campaigns.workspace_id = ${SMALL}`.execute(account.world.database.reader.db);
  initial = new Map(
    rows.flatMap(({ uuid, name, of }): [string, string][] => [
      [`${uuid} name`, name],
      [`${uuid} group`, of],
    ]),
  );
  revision = await revisionOf(mirror);
});

afterAll(giveClockBack);

it(
  `is the same as the account after whatever happens (${RUNS} times, UPSTREAM_SEED=${SEED})`,
  { timeout: 60_000 + RUNS * 20_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(TURN, { minLength: 8, maxLength: 8 }), async (turns) => {
        for (const turn of turns) await take(turn);
        account.fault = () => undefined;
        await mirror.pass(5 * MINUTE);
        await expectSameButForTies(mirror);
        await expectFeedToLeadHere();
        await expectNothingUndone();
        await expectNothingTwice();
        // While nothing changes, the follower writes nothing.
        const before = await revisionOf(mirror);
        await mirror.pass(3 * MINUTE);
        expect(await revisionOf(mirror)).toBe(before);
      }),
      // Each run begins with what the last one left, so smaller examples would show something else.
      { seed: SEED, numRuns: RUNS, endOnFailure: true },
    );
  },
);

async function take({ actions, seconds, trouble }: Turn): Promise<void> {
  account.fault = await troubled(trouble);
  if (trouble !== 'replica behind') {
    await Promise.all([...actions.map(act), mirror.pass(seconds * SECOND)]);
    return;
  }
  // After writes through the gateway, the follower reads a replica that has not caught up yet.
  await Promise.all(actions.map((action) => act({ ...action, by: 'gateway' })));
  await mirror.pass((31 + seconds) * SECOND);
}

async function troubled(trouble: Turn['trouble']): Promise<LiveAccount['fault']> {
  switch (trouble) {
    case 'none':
      return () => undefined;
    case 'lost answers': {
      let writes = 0;
      return ({ method }) => (method === 'GET' || (writes += 1) % 2 === 0 ? undefined : { kind: 'cut', when: 'after' });
    }
    case 'replica behind': {
      const behind = new Map<string, object>();
      for (const path of ['/api/v2/campaigns.json', '/api/v2/groups.json']) {
        const response = await fetch(`${account.world.url}${path}`, {
          headers: { authorization: `Token ${tokenKey('admin2')}` },
        });
        behind.set(path, (await response.json()) as object);
      }
      // The follower relies on replicas that catch up within a minute.
      const until = mirror.time() + 30 * SECOND;
      return ({ method, path }) => {
        const body = behind.get(path);
        return method === 'GET' && body && mirror.time() < until ? { kind: 'answer', status: 200, body } : undefined;
      };
    }
  }
}

/** Carries out an action in the account or through the gateway. A refused action changes nothing. */
async function act({ kind, by, n, m }: Action): Promise<void> {
  const there = { campaigns: campaignsOf(account, SMALL), groups: groupsOf(account, SMALL) };
  const { campaigns, groups } = by === 'account' ? there : gateway;
  const name = `${kind} ${n} ${newUuid().slice(0, 8)}`;
  const shown = await pageOf(there.campaigns.list.where({}));
  const archived = await pageOf(there.campaigns.list.where({ archived: true }));
  // The account does not list a group that is still being created.
  const listed = there.groups.list.where({ statuses: ['evaluating', 'ready', 'invalid'] });
  const ofGroups = (await pageOf(listed)).filter(({ system }) => !system);
  const [one, other] = [shown[n % shown.length], shown[m % shown.length]];
  const [group, otherGroup] = [ofGroups[m % ofGroups.length], ofGroups[n % ofGroups.length]];
  try {
    switch (kind) {
      case 'create':
        if (group && 'value' in (await campaigns.create({ name, group: { uuid: group.uuid } }))) created.campaigns += 1;
        return;
      case 'rename':
        if (one) await campaigns.update(one.uuid, { name });
        return;
      case 'move':
        if (one && group) await campaigns.update(one.uuid, { group: { uuid: group.uuid } });
        return;
      case 'swap':
        if (!one || !other || one.uuid === other.uuid) return;
        if ('errors' in (await campaigns.update(one.uuid, { name }))) return;
        if ('errors' in (await campaigns.update(other.uuid, { name: one.name }))) return;
        await campaigns.update(one.uuid, { name: other.name });
        return;
      case 'archive':
        if (one && shown.length > 5) await there.campaigns.update(one.uuid, { archived: true });
        return;
      case 'restore': {
        const chosen = archived[n % archived.length];
        if (chosen) await there.campaigns.update(chosen.uuid, { archived: false });
        return;
      }
      case 'delete':
        if (one && shown.length > 5) await there.campaigns.delete(one.uuid);
        return;
      case 'create group':
        if ('value' in (await groups.create({ name }))) created.groups += 1;
        return;
      case 'rename group':
        if (otherGroup) await groups.rename(otherGroup.uuid, { name });
        return;
      case 'delete group':
        if (otherGroup) await groups.delete(otherGroup.uuid);
    }
  } catch (error) {
    // The outcome of a write was unknown, and the account could not be asked about it.
    if (!(error instanceof UpstreamUnavailableError)) throw error;
  }
}

async function pageOf<Node>(list: {
  page(request: {
    ordering: { field: string; direction: 'desc' };
    from: 'start';
    limit: number;
  }): Promise<{ readonly rows: readonly Node[] }>;
}): Promise<readonly Node[]> {
  return (await list.page({ ordering: { field: 'created', direction: 'desc' }, from: 'start', limit: 250 })).rows;
}

type Fields = Readonly<Record<string, unknown>>;

/** Each object of the mirror, also archived ones, with the fields that are in the feed. */
async function objects(): Promise<Map<string, Fields>> {
  const { db } = mirror.database.reader;
  const campaigns = await db
    .selectFrom('campaigns')
    .innerJoin('groups', 'groups.id', 'campaigns.group_id')
    .select(['campaigns.uuid', 'campaigns.name', 'is_archived', 'groups.uuid as group'])
    .where('campaigns.workspace_id', '=', mirror.workspace)
    .where('campaigns.is_active', '=', 1)
    .execute();
  const groups = await db
    .selectFrom('groups')
    .select(['uuid', 'name', 'query', 'status', 'is_system', 'contact_count'])
    .where('workspace_id', '=', mirror.workspace)
    .where('is_active', '=', 1)
    .execute();
  return new Map<string, Fields>([
    ...campaigns.map(({ uuid, is_archived, ...rest }) => [uuid, { ...rest, archived: is_archived === 1 }] as const),
    ...groups.map(
      ({ uuid, is_system, contact_count: contactCount, ...rest }) =>
        [uuid, { ...rest, system: is_system === 1, contactCount }] as const,
    ),
  ]);
}

/** The feed, applied to the objects from before, gives the present objects. The old values of each change are the last new ones. */
async function expectFeedToLeadHere(): Promise<void> {
  const rows = await mirror.database.reader.db
    .selectFrom('changes')
    .select(['action', 'uuid', 'fields'])
    .where('workspace_id', '=', mirror.workspace)
    .where('revision', '>', revision)
    .orderBy('revision')
    .execute();
  const known = new Map(start);
  for (const { action, uuid, fields } of rows) {
    const changes = JSON.parse(fields) as { name: string; before: unknown; after: unknown }[];
    const before = known.get(uuid);
    expect([action, before === undefined]).toEqual([action, action === ('created' satisfies ChangeAction)]);
    expect(changes).not.toEqual([]);
    for (const change of changes) {
      expect(valueIn(change.before)).toEqual(before?.[change.name] ?? null);
      expect(change.after).not.toEqual(change.before);
    }
    if (action === 'deleted') known.delete(uuid);
    else
      known.set(uuid, { ...before, ...Object.fromEntries(changes.map(({ name, after }) => [name, valueIn(after)])) });
  }
  const here = await objects();
  expect(withNulls(known)).toEqual(withNulls(here));
}

/** A group is recorded with its name. */
function valueIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'uuid' in value ? value.uuid : value;
}

/** A new group without a query is recorded without one. */
function withNulls(known: ReadonlyMap<string, Fields>): Map<string, Fields> {
  return new Map(
    [...known]
      .map(([uuid, fields]) => [uuid, 'status' in fields ? { query: null, ...fields } : fields] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/**
 * Each name and group that an object had in the mirror, it had in the account too, in the same order. The mirror may leave out values
 * that did not last. It never returns to an older one.
 */
async function expectNothingUndone(): Promise<void> {
  const [here, there] = [
    await valuesOf(mirror.database, mirror.workspace, revision),
    await valuesOf(account.world.database, SMALL, 0),
  ];
  for (const [key, values] of here) {
    const first = initial.get(key);
    const known = [...(first === undefined ? [] : [first]), ...(there.get(key) ?? [])];
    let place = 0;
    for (const value of values) {
      place = known.indexOf(value, place) + 1;
      expect(place, `${key}: ${values.join(' -> ')}, and in the account ${known.join(' -> ')}`).toBeGreaterThan(0);
    }
  }
}

/** The values that names and groups got, in order, by object and field. */
async function valuesOf(
  { reader }: Pick<Mirror['database'], 'reader'>,
  workspace: WorkspaceId,
  after: number,
): Promise<Map<string, string[]>> {
  const rows = await reader.db
    .selectFrom('changes')
    .select(['uuid', 'fields'])
    .where('workspace_id', '=', workspace)
    .where('revision', '>', after)
    .where('action', '<>', 'deleted')
    .orderBy('revision')
    .execute();
  const values = new Map<string, string[]>();
  for (const { uuid, fields } of rows) {
    for (const change of JSON.parse(fields) as { name: string; after: unknown }[]) {
      if (change.name !== 'name' && change.name !== 'group') continue;
      const key = `${uuid} ${change.name}`;
      values.set(key, [...(values.get(key) ?? []), String(valueIn(change.after))]);
    }
  }
  return values;
}

/** The account was not asked to create anything twice: it has as many objects as were created. */
async function expectNothingTwice(): Promise<void> {
  const { db } = account.world.database.reader;
  const counted = async (table: 'campaigns' | 'groups') =>
    (
      await db
        .selectFrom(table)
        .select('uuid')
        .where('workspace_id', '=', SMALL)
        .where('created_on', '>=', STARTED)
        .execute()
    ).length;
  expect({ campaigns: await counted('campaigns'), groups: await counted('groups') }).toEqual(created);
  const { campaigns } = await shownBy(mirror.client);
  expect(new Set(campaigns.map(({ name }) => name)).size).toBe(campaigns.length);
}

const STARTED = clockTime();
