import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginEpoch, changeRecorder } from '../../src/database/feed.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';
import type { Change, ChangeFilter } from '../../src/model/change.ts';
import { changeUuid, parseChangeUuid } from '../../src/model/change.ts';
import { KINDS } from '../../src/model/change-rows.ts';
import { Changes, changesAfter, countChanges } from '../../src/model/changes.ts';
import { feedState } from '../../src/model/feed-state.ts';
import { Groups } from '../../src/model/groups.ts';
import { removeChanges } from '../../src/model/keep-changes.ts';
import type { Direction, Page } from '../../src/model/page.ts';
import { HOUR, now } from '../../src/model/time.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { AUTHOR } from '../support/author.ts';
import { runsOf } from '../support/engine.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openEmptyDatabase } from '../support/world.ts';

const database = await openEmptyDatabase();
const TYPES = [...new Set(KINDS.map(({ type }) => type))];
const ACTIONS = [...new Set(KINDS.map(({ action }) => action))];
const UUIDS = Array.from({ length: 4 }, newUuid);
/** The last one stands for the operator of the server, who has no e-mail address. */
const ACTORS = ['amina@nyota.example', 'Baraka@nyota.example', undefined];

/** A workspace with this many changes of various kinds, one for each second since 1970. */
async function withChanges(count: number): Promise<WorkspaceId> {
  const { id } = await makeWorkspace(database);
  await database.administer(async (session) => {
    const recorder = changeRecorder(session, id);
    for (let second = 0; second < count; second += 1) {
      await recorder.record({
        ...(KINDS[(second * 7) % KINDS.length] ?? { type: 'Group', action: 'updated' }),
        uuid: UUIDS[(second * 5) % 3] ?? '',
        fields: '[]',
        changedOn: second * 1_000_000,
        author: { ...AUTHOR, user: ACTORS[(second * 11) % ACTORS.length] ?? null },
      });
    }
  });
  return id;
}

const workspace = await withChanges(40);
const all = await changesAfter(database.reader, workspace, 0, 1_000);
const changes = new Changes(database.reader, workspace);

const matches =
  ({ types, uuids, actions, actors, madeBefore, madeAfter }: ChangeFilter) =>
  ({ action, subject, author, changedOn }: Change) =>
    (types?.includes(subject.type) ?? true) &&
    (uuids?.includes(subject.uuid) ?? true) &&
    (actions?.includes(action) ?? true) &&
    (actors?.includes(author.user ?? '') ?? true) &&
    changedOn <= (madeBefore ?? Infinity) &&
    changedOn >= (madeAfter ?? 0);

/** Times in microseconds: before, at, between and after the times of the changes. */
const TIMES = fc.integer({ min: -1, max: 82 }).map((half) => half * 500_000);

const FILTERS = fc.record(
  {
    types: fc.array(fc.constantFrom(...TYPES), { maxLength: 3 }),
    uuids: fc.array(fc.constantFrom(...UUIDS), { maxLength: 3 }),
    actions: fc.array(fc.constantFrom(...ACTIONS), { maxLength: 3 }),
    actors: fc.array(fc.constantFrom('amina@nyota.example', 'Baraka@nyota.example', 'nobody'), { maxLength: 3 }),
    madeBefore: TIMES,
    madeAfter: TIMES,
  },
  { requiredKeys: [] },
);

const ids = (list: readonly Change[]): number[] => list.map(({ id }) => id);

describe('changes', () => {
  it('are numbered without gaps, in their order', () => {
    expect(ids(all)).toEqual(Array.from({ length: 40 }, (_nothing, place) => place + 1));
  });

  it('are paged through with every filter, in both directions and from both ends', async () => {
    const cases = fc.record({
      filter: FILTERS,
      direction: fc.constantFrom<Direction>('asc', 'desc'),
      from: fc.constantFrom<'start' | 'end'>('start', 'end'),
      limit: fc.integer({ min: 1, max: 9 }),
    });
    const property = fc.asyncProperty(cases, async ({ filter, direction, from, limit }) => {
      const expected = all.filter(matches(filter));
      if (direction === 'desc') expected.reverse();
      const list = changes.where(filter);
      const ordering = { field: 'revision', direction };
      const found: number[] = [];
      for (let bound: number | undefined, more = true; more;) {
        const position = bound === undefined ? undefined : { key: bound, id: bound };
        const page: Page<Change> = await list.page({
          ordering,
          from,
          limit,
          [from === 'start' ? 'after' : 'before']: position,
        });
        expect(page.rows.length).toBeLessThanOrEqual(limit);
        if (from === 'start') found.push(...ids(page.rows));
        else found.unshift(...ids(page.rows));
        bound = page.rows.at(from === 'start' ? -1 : 0)?.id;
        more = page.more;
        if (position) {
          expect(await list.existsFrom(ordering, from === 'start' ? 'before' : 'after', position)).toBe(true);
        }
      }
      expect(found).toEqual(ids(expected));
      expect(await list.count()).toBe(expected.length);
    });
    await fc.assert(property, { numRuns: runsOf(100) });
  });

  it('are read on from any revision, a few at a time', async () => {
    const property = fc.asyncProperty(
      FILTERS,
      fc.nat(41),
      fc.integer({ min: 1, max: 9 }),
      async (filter, after, limit) => {
        const expected = all.filter(matches(filter)).filter(({ id }) => id > after);
        expect(ids(await changesAfter(database.reader, workspace, after, limit, filter))).toEqual(
          ids(expected.slice(0, limit)),
        );
      },
    );
    await fc.assert(property, { numRuns: runsOf(40) });
  });

  it('made before a time are not found after it, also when they are made during the search', async () => {
    const busy = await withChanges(1);
    const groups = new Groups(database, busy, AUTHOR);
    const filter = { madeAfter: now() + HOUR };
    const make = async () => {
      for (let made = 0; made < 50; made += 1) await groups.create({ name: `Group ${made}` });
    };
    const search = async () => {
      const found: number[] = [];
      for (let searched = 0; searched < 50; searched += 1) {
        found.push((await changesAfter(database.reader, busy, 0, 100, filter)).length);
        found.push(await new Changes(database.reader, busy).where(filter).count());
      }
      return found;
    };
    const [, ...found] = await Promise.all([make(), search(), search()]);
    expect(found.flat().filter((count) => count > 0)).toEqual([]);
  });

  it('of several objects come in one statement, newest first', async () => {
    const request = { ordering: { field: 'revision', direction: 'desc' }, from: 'start', limit: 3 } as const;
    const pages = await changes.pagesOf('Group', UUIDS, request);
    const counts = await changes.countsOf('Group', UUIDS);
    for (const uuid of UUIDS) {
      const expected = all.filter(matches({ types: ['Group'], uuids: [uuid] })).toReversed();
      expect(ids(pages.get(uuid)?.rows ?? [])).toEqual(ids(expected.slice(0, 3)));
      expect(pages.get(uuid)?.more).toBe(expected.length > 3);
      expect(counts.get(uuid)).toBe(expected.length);
    }
  });

  it('have UUIDs of their own, by which they are found', async () => {
    expect(new Set(all.map(({ uuid }) => uuid)).size).toBe(40);
    const [one, other] = [all[3], all[30]];
    const found = ids(await changes.byUuids([one?.uuid ?? '', newUuid(), other?.uuid ?? '']));
    // The result has no particular order, so sort it.
    expect(found.toSorted((a, b) => a - b)).toEqual([4, 31]);
    const elsewhere = await withChanges(5);
    expect(await new Changes(database.reader, elsewhere).byUuids([one?.uuid ?? ''])).toEqual([]);
  });

  it('that fail with their transaction leave no gap', async () => {
    const id = await withChanges(2);
    const change = {
      action: 'updated',
      type: 'Group',
      uuid: newUuid(),
      fields: '[]',
      changedOn: 0,
      author: AUTHOR,
    } as const;
    const write = (fails: boolean) =>
      database.write(id, async ({ record }) => {
        await record(change);
        await record(change);
        if (fails) throw new Error('no');
      });
    const outcomes = await Promise.allSettled([write(false), write(true), write(false)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(ids(await changesAfter(database.reader, id, 0, 100))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await feedState(database.reader, id)).toMatchObject({ revision: 6, removed: 0 });
  });
});

describe('the UUID of a change', () => {
  it('has its epoch and its revision', () => {
    const epochs = fc.stringMatching(/^[\da-f]{15}$/);
    fc.assert(
      fc.property(epochs, fc.maxSafeNat(), (epoch, revision) => {
        const uuid = changeUuid(epoch, revision);
        expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
        expect(parseChangeUuid(uuid)).toEqual({ epoch, revision });
      }),
    );
  });

  it('is no other UUID', () => {
    expect(parseChangeUuid(newUuid())).toBeNull();
  });
});

describe('old changes', () => {
  it('are removed in steps, from the oldest on, and the state says up to where', async () => {
    const id = await withChanges(1_203);
    const before = await feedState(database.reader, id);
    const removing = removeChanges(database, 1_100 * 1_000_000).then(() => 'done' as const);
    // Write between the steps of the removal. Each of these writes reads how far the removal has come.
    const seen = new Set([0]);
    for (let state; state !== 'done'; state = await Promise.race([removing, wait(10)])) {
      seen.add(await database.write(id, async (write) => (await feedState(write, id)).removed));
    }
    expect([...seen]).toEqual([0, 500, 1_000, 1_100]);
    expect(await feedState(database.reader, id)).toEqual({ ...before, removed: 1_100 });
    expect(ids(await changesAfter(database.reader, id, 0, 2))).toEqual([1_101, 1_102]);
    expect(await countChanges(database.reader, id)).toBe(103);
    await removeChanges(database, 2_000 * 1_000_000);
    expect(await feedState(database.reader, id)).toEqual({ ...before, removed: 1_203 });
  });

  it('stay while an older one than they are is kept, so that there are no gaps', async () => {
    const id = await withChanges(10);
    await database.administer(({ db }) =>
      db
        .updateTable('changes')
        .set({ changed_on: 9_000_000 })
        .where('workspace_id', '=', id)
        .where('revision', '=', 3)
        .execute(),
    );
    await removeChanges(database, 5 * 1_000_000);
    expect(await feedState(database.reader, id)).toMatchObject({ revision: 10, removed: 2 });
  });
});

it('another epoch gives every change another UUID', async () => {
  const id = await withChanges(1);
  const [first] = await changesAfter(database.reader, id, 0, 1);
  await database.administer(beginEpoch);
  const [again] = await changesAfter(database.reader, id, 0, 1);
  expect(again?.epoch).not.toBe(first?.epoch);
  expect(again?.uuid).not.toBe(first?.uuid);
});
