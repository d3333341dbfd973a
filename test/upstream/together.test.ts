import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { Campaigns } from '../../src/model/campaigns.ts';
import { Groups } from '../../src/model/groups.ts';
import type { Result } from '../../src/model/user-error.ts';
import { UpstreamThrottledError } from '../../src/upstream/unavailable.ts';
import type { CampaignActions, GroupActions } from '../../src/upstream/write-through.ts';
import { writeThrough } from '../../src/upstream/write-through.ts';
import { afterwards } from '../support/afterwards.ts';
import { AUTHOR } from '../support/author.ts';
import { done } from '../support/outcome.ts';
import { openEmptyDatabase } from '../support/world.ts';
import type { Fault, LiveAccount } from './support/live-account.ts';
import { openLiveAccount } from './support/live-account.ts';
import type { Mirror } from './support/mirror.ts';
import { accountOf, campaignsOf, expectSame, groupsOf, MINUTE, openMirrorOf, SECOND } from './support/mirror.ts';

// Changes in the account and through the gateway at once. The clock is the follower's: it goes ahead as fast as the follower can.

const WORKSPACE = 2 as WorkspaceId;
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const STEPS = 40 * Number(process.env.FUZZ_ROUNDS ?? 1);

let account: LiveAccount;
let mirror: Mirror;
let through: { readonly campaigns: CampaignActions; readonly groups: GroupActions };

beforeEach(async () => {
  account = await openLiveAccount();
  mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin2'), { timeout: 200 });
  vi.useFakeTimers({ toFake: ['Date'], now: mirror.time() / 1000 });
  afterwards(() => vi.useRealTimers());
  await pass(MINUTE);
  const { database, workspace } = mirror;
  const local = {
    campaigns: new Campaigns(database, workspace, AUTHOR),
    groups: new Groups(database, workspace, AUTHOR),
  };
  const { signal } = new AbortController();
  const request = { workspace, author: AUTHOR, database, caller: 'somebody@example.org', signal };
  through = writeThrough(async (id) => (id === workspace ? mirror.client : null)).actionsOf(request, local);
});

/** Lets time pass for the follower, the gateway and the account. */
async function pass(time: number): Promise<void> {
  await mirror.pass(time);
  vi.setSystemTime(mirror.time() / 1000);
}

/** The names of the campaigns of the mirror that are not archived. */
async function names(): Promise<string[]> {
  const rows = await mirror.database.reader.db
    .selectFrom('campaigns')
    .select('name')
    .where('is_active', '=', 1)
    .where('is_archived', '=', 0)
    .execute();
  return rows.map(({ name }) => name);
}

describe('what was just written through', () => {
  it('is not undone by lists of the account that are behind', async () => {
    const before = await (await fetch(`${account.url}/api/v2/campaigns.json`, { headers: headers() })).json();
    const { uuid } = done(await through.campaigns.create({ name: 'Just made', group: { name: 'Reporters' } }));
    account.fault = ({ path }) =>
      path === '/api/v2/campaigns.json' ? { kind: 'answer', status: 200, body: before as object } : undefined;
    await pass(50 * SECOND);
    expect(await names()).toContain('Just made');

    account.fault = () => undefined;
    const made = await (await fetch(`${account.url}/api/v2/campaigns.json`, { headers: headers() })).json();
    done(await through.campaigns.update(uuid, { name: 'Just renamed' }));
    account.fault = ({ path }) =>
      path === '/api/v2/campaigns.json' ? { kind: 'answer', status: 200, body: made as object } : undefined;
    await pass(50 * SECOND);
    expect(await names()).toContain('Just renamed');

    account.fault = () => undefined;
    await pass(5 * MINUTE);
    await expectSame(mirror);
  });

  it('takes a name that the mirror still knows as another’s', async () => {
    const old = done(await campaignsOf(account, WORKSPACE).create({ name: 'Wanted', group: { name: 'Vets' } }));
    await pass(2 * MINUTE);
    done(await campaignsOf(account, WORKSPACE).update(old.uuid, { name: 'Given up' }));
    const { name } = done(await through.campaigns.create({ name: 'Wanted', group: { name: 'Vets' } }));
    expect(name).toBe('Wanted');
    expect(await names()).toEqual(expect.arrayContaining(['Wanted', 'Given up']));
  });
});

function headers() {
  return { authorization: `Token ${accountOf(account, 'admin2').token}` };
}

/** Numbers that are the same for the same seed (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

it(
  `the mirror equals the account after random changes on both sides (FUZZ_SEED=${SEED})`,
  { timeout: 120_000 },
  async () => {
    const random = seeded(SEED);
    const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)] as Item;
    const there = { campaigns: campaignsOf(account, WORKSPACE), groups: groupsOf(account, WORKSPACE) };
    const faults: readonly (Fault | undefined)[] = [
      undefined,
      undefined,
      { kind: 'cut', when: 'after' },
      { kind: 'cut', when: 'before' },
      { kind: 'cut within' },
      { kind: 'answer', status: 500, when: 'after' },
      { kind: 'answer', status: 429, headers: { 'retry-after': '1' } },
    ];
    let number = 0;
    /** Few names, so that they are taken, given up and swapped. */
    const name = () => (random(3) === 0 ? `Shared ${random(6)}` : `Name ${(number += 1)}`);
    const anyCampaign = async () => {
      const page = { ordering: { field: 'created', direction: 'desc' }, from: 'start', limit: 250 } as const;
      return pick((await there.campaigns.list.where({ archived: null }).page(page)).rows);
    };
    const anyGroup = async () => {
      const page = { ordering: { field: 'created', direction: 'desc' }, from: 'start', limit: 250 } as const;
      // The account does not list groups that are being made.
      const listed = { statuses: ['ready', 'evaluating', 'invalid'] } as const;
      return pick((await there.groups.list.where(listed).page(page)).rows);
    };
    /** What was told of the creation of campaigns through the gateway, by their UUIDs. */
    const told = new Map<string, string>();

    for (let step = 0; step < STEPS; step += 1) {
      const campaign = await anyCampaign();
      const group = await anyGroup();
      const side = random(2) === 0 ? there : through;
      const isThrough = side === through;
      let fault = isThrough ? pick(faults) : undefined;
      account.fault = ({ method }) => {
        if (method === 'GET') return undefined;
        const now = fault;
        fault = undefined;
        return now;
      };
      const actions: readonly (() => Promise<Result<unknown>>)[] = [
        async () => {
          const result = await side.campaigns.create({ name: name(), group: { uuid: group.uuid } });
          if (isThrough && 'value' in result) {
            expect(told.has(result.value.uuid)).toBe(false);
            told.set(result.value.uuid, result.value.name);
          }
          return result;
        },
        () => side.campaigns.update(campaign.uuid, { name: name() }),
        () => side.campaigns.update(campaign.uuid, { group: { uuid: group.uuid } }),
        () => there.campaigns.update(campaign.uuid, { archived: random(2) === 0 }),
        async () => (random(3) === 0 ? there.campaigns.delete(campaign.uuid) : { value: null }),
        () => side.groups.create({ name: name() }),
        () => side.groups.rename(group.uuid, { name: name() }),
        () => side.groups.delete(group.uuid),
      ];
      try {
        await pick(actions)();
      } catch (error) {
        // Any other failure is resolved, because the account can be asked.
        if (!(error instanceof UpstreamThrottledError)) throw error;
      }
      account.fault = () => undefined;
      await pass(random(90) * SECOND);
    }
    await pass(60 * MINUTE);
    await expectSame(mirror);

    // Each change of the feed is one: what it found is what the one before has left.
    const changes = await mirror.database.reader.db
      .selectFrom('changes')
      .select(['action', 'type', 'uuid', 'fields'])
      .where('workspace_id', '=', mirror.workspace)
      .orderBy('revision')
      .execute();
    const objects = new Map<string, Map<string, string>>();
    for (const { action, uuid, fields } of changes) {
      const changed = JSON.parse(fields) as { name: string; before: unknown; after: unknown }[];
      const known = objects.get(uuid);
      expect(known === undefined, `${action} ${uuid}`).toBe(action === 'created');
      expect(changed.length).toBeGreaterThan(0);
      const object = known ?? new Map<string, string>();
      for (const field of changed) {
        // A group's name within a campaign is what it was at the time.
        const text = (value: unknown) =>
          JSON.stringify(typeof value === 'object' && value !== null && 'uuid' in value ? value.uuid : value);
        if (known) expect(object.get(field.name) ?? 'null').toBe(text(field.before));
        object.set(field.name, text(field.after));
      }
      if (action === 'deleted') objects.delete(uuid);
      else objects.set(uuid, object);
    }

    // Nothing was made twice: what was told is there once, or was deleted since.
    const rows = await account.world.database.reader.db.selectFrom('campaigns').select('uuid').execute();
    const uuids = rows.map((row) => row.uuid);
    for (const uuid of told.keys()) expect(uuids.filter((one) => one === uuid)).toHaveLength(1);
    const ofNames = uuids.length - new Set(uuids).size;
    expect(ofNames).toBe(0);
  },
);
