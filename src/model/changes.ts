import { hash } from 'node:crypto';
import type { Compilable, Expression, Kysely, RawBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { Session } from '../database/database.ts';
import type { SealedTables } from '../database/statements.ts';
import { constant } from '../database/statements.ts';
import type { ChangeAction, ChangedType, ChangeOrigin, Micros, WorkspaceId } from '../database/tables.ts';
import type { Change, ChangedField, ChangeFilter } from './change.ts';
import { changeUuid, parseChangeUuid } from './change.ts';
import { equals, oneOf } from './conditions.ts';
import { described, unionOf } from './list-query.ts';
import type { Direction, Page, PageRequest, Side } from './page.ts';
import { pageOf, readingDirection } from './page.ts';
import type { ListReach, Reach } from './reach.ts';
import { IN_ROWS } from './reach.ts';
import { NO_SCANS } from './scans.ts';
import type { FilteredList } from './workspace-list.ts';

export const TYPES: readonly ChangedType[] = ['Campaign', 'Group'];
export const ACTIONS: readonly ChangeAction[] = ['created', 'updated', 'archived', 'restored', 'deleted'];

/** The only order of changes. Oldest first is ascending. */
const ORDERS = {
  revision: { column: 'changes.revision', type: 'integer', keyOf: ({ id }: Change) => id },
} as const;

/** Where a workspace's changes stand. */
export interface FeedState {
  /** Revisions of another epoch say nothing about this one. */
  readonly epoch: string;
  /** The revision of the newest change; 0 when nothing has ever changed. */
  readonly revision: number;
  /** The changes up to this revision are not kept any more, or never were. */
  readonly removed: number;
}

/** The present state of the feed. One statement. */
export async function feedState(session: Session, workspace: WorkspaceId): Promise<FeedState> {
  const row = await session.first('feed state', { workspace }, (db, slots) =>
    db
      .selectFrom('workspaces')
      .innerJoin('feed', (join) => join.on('feed.id', '=', constant(1)))
      .select(['feed.epoch', 'workspaces.revision'])
      .select((eb) =>
        eb
          .selectFrom('changes')
          .where('changes.workspace_id', '=', slots.workspace)
          .select(sql<number | null>`min(changes.revision)`.as('first'))
          .as('first'),
      )
      .where('workspaces.id', '=', slots.workspace),
  );
  if (!row) throw new Error(`there is no workspace ${workspace}`);
  const { revision, first } = row;
  const removed = first === null ? revision : first - 1;
  return { epoch: workspaceEpoch(row.epoch, workspace), revision, removed };
}

/** How many changes a workspace has that are kept. One statement, which counts nothing, because revisions have no gaps. */
export async function countChanges(session: Session, workspace: WorkspaceId): Promise<number> {
  const { revision, removed } = await feedState(session, workspace);
  return revision - removed;
}

/**
 * The oldest changes after a revision, oldest first, at most `limit` of them. One statement. Whoever reads on from a stored
 * revision must look at `feedState` after this call: when `removed` is greater than the revision by then, changes are missing.
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
        described(db)
          .selectFrom('changes')
          .where(equals('changes.workspace_id')(slots.workspace))
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

  /** How many changes the filter matches. One statement, which reads entries of an index, and those that look up times. */
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

/** How many changes of an object are counted when they are looked at for their type or action. */
const MANY_CHANGES = 1_000;

/** The most that reading changes with this filter reads. */
export function reachOfChanges(filter: ChangeFilter): ListReach {
  const { uuids, types, actions, actors, kindTypes } = valuesOf(filter) ?? { uuids: [] };
  const named = uuids ?? kindTypes;
  const streams = named?.length ?? 1;
  // An object's changes are in an index of their own, which knows nothing of the other conditions.
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

/** A range of revisions, without its bounds, and how many rows are read from one of its ends. */
interface Range extends Bounds {
  readonly direction: Direction;
  readonly limit: number;
}

/** Revisions between which changes are. The bounds themselves are outside. */
interface Bounds {
  readonly above?: number | undefined;
  readonly below?: number | undefined;
}

function between({ above, below }: { [Name in keyof Bounds]: RawBuilder<unknown> | undefined }) {
  return [
    ...(above ? [sql<SqlBool>`changes.revision > ${above}`] : []),
    ...(below ? [sql<SqlBool>`changes.revision < ${below}`] : []),
  ];
}

/** The revisions that are within both bounds. */
function narrower(one: Bounds, other: Bounds): Bounds {
  const given = (bounds: (number | undefined)[]) => bounds.filter((bound) => bound !== undefined);
  const above = given([one.above, other.above]);
  const below = given([one.below, other.below]);
  return {
    above: above.length > 0 ? Math.max(...above) : undefined,
    below: below.length > 0 ? Math.min(...below) : undefined,
  };
}

/** The bounds of the changes that were made between the filter's times. */
async function boundsOfTimes(
  session: Session,
  workspace: WorkspaceId,
  { madeAfter, madeBefore }: ChangeFilter,
): Promise<Bounds> {
  if (madeAfter === undefined && madeBefore === undefined) return {};
  const state = await feedState(session, workspace);
  return {
    above: madeAfter === undefined ? undefined : await lastBefore(session, workspace, state, madeAfter),
    below: madeBefore === undefined ? undefined : (await lastBefore(session, workspace, state, madeBefore + 1)) + 1,
  };
}

/** Into how many parts one statement of `lastBefore` divides the changes. */
const PARTS = 32;

/** How many changes `lastBefore` looks at in a workspace of a million: 4 statements. */
const ROWS_OF_A_LOOKUP = 4 * PARTS;

/**
 * The revision of the last change that was made before a time; that of the last removed one when there is none. It needs no
 * index of times, because the times of a workspace's changes follow their revisions: the clock of a process never goes
 * back. Where clocks of several processes differ by a little, the result is as inexact as they are.
 */
async function lastBefore(
  session: Session,
  workspace: WorkspaceId,
  { removed, revision }: FeedState,
  time: Micros,
): Promise<number> {
  let [before, from] = [removed, revision + 1];
  while (from - before > 1) {
    const step = Math.max(1, Math.floor((from - before) / PARTS));
    const revisions: number[] = [];
    for (let next = before + step; next < from && revisions.length < PARTS; next += step) revisions.push(next);
    const rows = await session.all('times of changes', { workspace, revisions }, (db, slots) =>
      changesIn(db, slots.workspace)
        .where(oneOf('changes.revision')(slots.revisions))
        .select([sql<number>`changes.revision`.as('revision'), sql<Micros>`changes.changed_on`.as('time')]),
    );
    const times = new Map(rows.map((row) => [Number(row.revision), Number(row.time)]));
    // A change that is missing has been removed meanwhile, because it was too old.
    const first = revisions.find((one) => (times.get(one) ?? 0) >= time);
    before = (first === undefined ? revisions.at(-1) : first - step) ?? before;
    from = first ?? from;
  }
  return before;
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

/** The changes of a range that the filter matches, in the range's direction. */
async function readChanges(
  session: Session,
  workspace: WorkspaceId,
  filter: ChangeFilter,
  range: Range,
): Promise<Change[]> {
  const rows = await readStreams(session, workspace, filter, range);
  const sign = range.direction === 'asc' ? 1 : -1;
  return rows.toSorted((one, other) => sign * (one.id - other.id)).slice(0, range.limit);
}

/**
 * The changes that the filter matches, from one stream for each object or kind that it names. Each stream is a range of an
 * index and has up to `limit` rows, in the range's direction, so that a page costs the same however long the list is and
 * however rare the matching changes are.
 */
async function readStreams(
  session: Session,
  workspace: WorkspaceId,
  filter: ChangeFilter,
  { direction, limit, ...range }: Range,
): Promise<Change[]> {
  const values = valuesOf(filter);
  if (values === null) return [];
  const bounds = narrower(range, await boundsOfTimes(session, workspace, filter));
  const rows = await session.all(`changes ${direction}`, { ...values, ...bounds, limit, workspace }, (db, slots) => {
    const streams = streamsOf(slots).map((conditions) =>
      [...conditions, ...between(slots)]
        .reduce((found, one) => found.where(one), selectChanges(db, slots.workspace))
        .orderBy('changes.revision', direction)
        .limit(slots.limit as Expression<never>),
    );
    return unionOf(db, streams as unknown as Compilable<ChangeRow>[]);
  });
  return toChanges(rows, workspace);
}

/** The values of a filter in a statement. null when nothing can match it. */
interface FilterValues {
  readonly uuids?: readonly string[];
  /** With `uuids`: further conditions. */
  readonly types?: readonly string[];
  readonly actions?: readonly string[];
  readonly actors?: readonly string[];
  /** Without `uuids`: the kinds of changes, as types, actions and perhaps actors that belong together. */
  readonly kindTypes?: readonly string[];
  readonly kindActions?: readonly string[];
  readonly kindActors?: readonly string[];
}

function valuesOf({ types, uuids, actions, actors }: ChangeFilter): FilterValues | null {
  if ([types, uuids, actions, actors].some((choices) => choices?.length === 0)) return null;
  if (uuids) {
    const further = { ...(types && { types }), ...(actions && { actions }), ...(actors && { actors }) };
    return { uuids: [...new Set(uuids)], ...further };
  }
  if (!types && !actions && !actors) return {};
  const kinds = [...new Set(types ?? TYPES)].flatMap((type) =>
    [...new Set(actions ?? ACTIONS)].map((action) => ({ type, action })),
  );
  if (!actors) return { kindTypes: kinds.map(({ type }) => type), kindActions: kinds.map(({ action }) => action) };
  const streams = [...new Set(actors)].flatMap((actor) => kinds.map((kind) => ({ ...kind, actor })));
  return {
    kindTypes: streams.map(({ type }) => type),
    kindActions: streams.map(({ action }) => action),
    kindActors: streams.map(({ actor }) => actor),
  };
}

type ValueSlots = { readonly [Name in keyof FilterValues]?: readonly RawBuilder<unknown>[] | undefined };

/** The conditions of each stream of a filter. */
function streamsOf({ uuids, kindTypes, kindActions, kindActors, ...further }: ValueSlots): Expression<SqlBool>[][] {
  if (uuids) {
    const { types, actions, actors } = further;
    return uuids.map((uuid) => [
      equals('changes.uuid')(uuid),
      ...(types ? [amongUnindexed('changes.type', types)] : []),
      ...(actions ? [amongUnindexed('changes.action', actions)] : []),
      ...(actors ? [amongUnindexed('changes.user_email', actors)] : []),
    ]);
  }
  if (!kindTypes) return [[]];
  return kindTypes.map((type, place) => [
    equals('changes.type')(type),
    equals('changes.action')(kindActions?.[place] ?? sql`null`),
    ...(kindActors ? [equals('changes.user_email')(kindActors[place] ?? sql`null`)] : []),
  ]);
}

/**
 * Only rows whose column has one of the values. `|| ''` keeps engines from the indexes of kinds and of users, which have far
 * more changes than one object, and in another order.
 */
function amongUnindexed(column: string, values: readonly RawBuilder<unknown>[]): Expression<SqlBool> {
  return sql`${sql.ref(column)} || '' in (${sql.join(values)})`;
}

function changesIn(db: Kysely<SealedTables>, workspace: RawBuilder<unknown>) {
  return described(db).selectFrom('changes').where(equals('changes.workspace_id')(workspace));
}

function selectChanges(db: Kysely<SealedTables>, workspace: RawBuilder<unknown>) {
  return changesIn(db, workspace)
    .select([
      'changes.revision',
      'changes.changed_on',
      'changes.action',
      'changes.type',
      'changes.uuid',
      'changes.fields',
      'changes.origin',
      'changes.user_email',
      'changes.token_name',
    ])
    .select(sql`(select epoch from feed)`.as('epoch'));
}

/** What `selectChanges` selects. */
interface ChangeRow {
  readonly revision: number;
  readonly changed_on: Micros;
  readonly action: ChangeAction;
  readonly type: ChangedType;
  readonly uuid: string;
  readonly fields: string;
  readonly origin: ChangeOrigin;
  readonly user_email: string | null;
  readonly token_name: string | null;
  readonly epoch: string;
}

function toChanges(rows: readonly ChangeRow[], workspace: WorkspaceId): Change[] {
  const epoch = workspaceEpoch(rows[0]?.epoch ?? '', workspace);
  return rows.map((row) => ({
    id: row.revision,
    uuid: changeUuid(epoch, row.revision),
    epoch,
    action: row.action,
    subject: { type: row.type, uuid: row.uuid },
    author: { origin: row.origin, user: row.user_email, token: row.token_name },
    changedOn: row.changed_on,
    // Only record-change.ts writes it.
    fields: JSON.parse(row.fields) as ChangedField[],
  }));
}

/**
 * The epoch of a workspace's revisions, in as many digits as that of the database. Workspaces count apart from each other, so
 * that with the database's own epoch their changes would have the same UUIDs.
 */
function workspaceEpoch(epoch: string, workspace: WorkspaceId): string {
  return hash('sha256', `${epoch}:${workspace}`).slice(0, epoch.length);
}
