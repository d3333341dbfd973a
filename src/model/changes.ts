import type { Compilable } from 'kysely';
import { sql } from 'kysely';
import type { Session } from '../database/database.ts';
import type { ChangedType, WorkspaceId } from '../database/tables.ts';
import type { Change, ChangeFilter } from './change.ts';
import { parseChangeUuid } from './change.ts';
import type { ChangeRow, Range } from './change-rows.ts';
import {
  between,
  changesIn,
  readChanges,
  readStreams,
  selectChanges,
  streamsOf,
  toChanges,
  valuesOf,
} from './change-rows.ts';
import { boundsOfTimes, ROWS_OF_A_LOOKUP } from './change-times.ts';
import { oneOf } from './conditions.ts';
import { feedState } from './feed-state.ts';
import { unionOf } from './list-query.ts';
import type { Page, PageRequest, Side } from './page.ts';
import { pageOf, readingDirection } from './page.ts';
import type { ListReach, Reach } from './reach.ts';
import { IN_ROWS } from './reach.ts';
import { NO_SCANS } from './scans.ts';
import type { FilteredList } from './workspace-list.ts';

/** The only order of changes. Oldest first is ascending. */
const ORDERS = {
  revision: { column: 'changes.revision', type: 'integer', keyOf: ({ id }: Change) => id },
} as const;

/** How many changes of a workspace are kept. One statement, which counts no rows, because revisions have no gaps. */
export async function countChanges(session: Session, workspace: WorkspaceId): Promise<number> {
  const { revision, removed } = await feedState(session, workspace);
  return revision - removed;
}

/**
 * The oldest changes after a revision, oldest first, at most `limit` of them. One statement, unless the filter has times. A caller that
 * continues from a stored revision must read `feedState` after this call: when its `removed` is greater than this revision, changes
 * are missing.
 */
export function changesAfter(
  session: Session,
  workspace: WorkspaceId,
  revision: number,
  limit: number,
  filter: ChangeFilter = {},
): Promise<Change[]> {
  return readChanges(session, workspace, filter, { direction: 'asc', above: revision, limit });
}

/** The changes of one workspace: the feed, and the histories of objects. */
export class Changes {
  readonly #session: Session;
  readonly #workspace: WorkspaceId;

  constructor(session: Session, workspace: WorkspaceId) {
    this.#session = session;
    this.#workspace = workspace;
  }

  /** The changes that the filter matches. */
  where(filter: ChangeFilter): FilteredList<Change> {
    return {
      name: 'changes',
      orders: ORDERS,
      page: async (request) => pageOf(await this.#rows(filter, rangeOf(request)), request),
      existsFrom: async ({ direction }, side, { id }) => {
        const newer = (side === 'after') === (direction === 'asc');
        const range = newer ? { above: id - 1 } : { below: id + 1 };
        return (await this.#rows(filter, { ...range, direction: 'asc', limit: 1 })).length > 0;
      },
      count: () => this.#count(filter),
    };
  }

  /** The changes of one object. */
  whereParent(type: ChangedType, uuid: string): FilteredList<Change> {
    return this.where({ types: [type], uuids: [uuid] });
  }

  /** For each object, the requested page of its changes. The map's keys are `uuids`. One statement. */
  async pagesOf(type: ChangedType, uuids: readonly string[], request: PageRequest): Promise<Map<string, Page<Change>>> {
    const rows = await readStreams(this.#session, this.#workspace, { types: [type], uuids }, rangeOf(request));
    const found = Map.groupBy(rows, ({ subject }) => subject.uuid);
    return new Map(uuids.map((uuid) => [uuid, pageOf(found.get(uuid) ?? [], request)]));
  }

  /** For each object, how many changes are kept of it. The map's keys are `uuids`. One statement. */
  async countsOf(type: ChangedType, uuids: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.#session.all(
      'changes counts of objects',
      { workspace: this.#workspace, types: [type], uuids },
      (db, slots) =>
        changesIn(db, slots.workspace)
          .where(oneOf('changes.uuid')(slots.uuids))
          .where(oneOf('changes.type')(slots.types))
          .groupBy('changes.uuid')
          .select([sql<string>`uuid`.as('uuid'), sql<number>`count(*)`.as('count')]),
    );
    const counts = new Map(rows.map((row) => [row.uuid, Number(row.count)]));
    return new Map(uuids.map((uuid) => [uuid, counts.get(uuid) ?? 0]));
  }

  /** The kept changes with these UUIDs, in no particular order. One statement. */
  async byUuids(uuids: readonly string[]): Promise<Change[]> {
    const named = uuids.map(parseChangeUuid).filter((one) => one !== null);
    if (named.length === 0) return [];
    const revisions = named.map(({ revision }) => revision);
    const rows = await this.#session.all(
      'changes by revisions',
      { workspace: this.#workspace, revisions },
      (db, slots) => selectChanges(db, slots.workspace).where(oneOf('changes.revision')(slots.revisions)),
    );
    return toChanges(rows as ChangeRow[], this.#workspace).filter(({ uuid }) => uuids.includes(uuid));
  }

  #rows(filter: ChangeFilter, range: Range): Promise<Change[]> {
    return readChanges(this.#session, this.#workspace, filter, range);
  }

  /** How many changes the filter matches. One statement, which reads entries of an index. Looking up the filter's times takes more. */
  async #count(filter: ChangeFilter): Promise<number> {
    const values = valuesOf(filter);
    if (values === null) return 0;
    const bounds = await boundsOfTimes(this.#session, this.#workspace, filter);
    if (Object.keys(values).length === 0) {
      const { revision, removed } = await feedState(this.#session, this.#workspace);
      const { above = removed, below = revision + 1 } = bounds;
      return Math.max(below - 1 - Math.max(above, removed), 0);
    }
    const slotValues = { ...values, ...bounds, workspace: this.#workspace };
    const rows = await this.#session.all('changes count', slotValues, (db, slots) => {
      const counts = streamsOf(slots).map((conditions) =>
        [...conditions, ...between(slots)]
          .reduce((found, one) => found.where(one), changesIn(db, slots.workspace))
          .select(sql<number>`count(*)`.as('count')),
      );
      return unionOf(db, counts as Compilable<{ count: number }>[]);
    });
    return rows.reduce((sum, { count }) => sum + Number(count), 0);
  }
}

/** How many changes of one object are assumed when each must be read to check its type, action or user. */
const MANY_CHANGES = 1_000;

/**
 * The most that reading changes with this filter reads. Equal UUIDs and users count each, although they are read once, because what one
 * caller's operation costs is kept for all values of the same number.
 */
export function reachOfChanges(filter: ChangeFilter): ListReach {
  // One user stands for all, and is multiplied by their number.
  const { types, actions, actors, kindTypes } = valuesOf(filter.actors ? { ...filter, actors: [''] } : filter) ?? {
    kindTypes: [],
  };
  const named = filter.uuids ?? kindTypes;
  const streams = filter.uuids?.length ?? (kindTypes ? kindTypes.length * (filter.actors?.length ?? 1) : 1);
  // With `uuids`, the index of changes by object is read. It does not have the columns of the other conditions.
  const looksAt = types ?? actions ?? actors;
  const scans = looksAt ? [{ list: 'changes', atMost: streams * MANY_CHANGES, each: 1 }] : NO_SCANS;
  const times = [filter.madeBefore, filter.madeAfter].filter((time) => time !== undefined).length;
  const lookups = times * ROWS_OF_A_LOOKUP;
  const rows = (count: number): Reach => ({ rows: streams * count + lookups, scans, scansEach: NO_SCANS });
  return {
    page: (limit) => rows(limit + 1),
    existsFrom: () => rows(1),
    count: () => ({
      rows: streams + lookups,
      scans: named ? [{ list: 'changes', atMost: Infinity, each: IN_ROWS.entry }] : NO_SCANS,
      scansEach: NO_SCANS,
    }),
  };
}

/** The range of a page. It has one row more than the page shows, which tells whether there are more. */
function rangeOf(request: PageRequest): Range {
  const oldestFirst = request.ordering.direction === 'asc';
  const [above, below]: Side[] = oldestFirst ? ['after', 'before'] : ['before', 'after'];
  return {
    direction: readingDirection(request),
    above: above && request[above]?.id,
    below: below && request[below]?.id,
    limit: request.limit + 1,
  };
}
