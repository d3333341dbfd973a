import type { Compilable, Expression, Kysely, RawBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { Session } from '../database/database.ts';
import type { SealedTables } from '../database/statements.ts';
import type { ChangeAction, ChangedType, ChangeOrigin, Micros, WorkspaceId } from '../database/tables.ts';
import { isStorable } from '../encoding/storable.ts';
import type { Change, ChangedField, ChangeFilter } from './change.ts';
import { changeUuid } from './change.ts';
import type { Bounds } from './change-times.ts';
import { boundsOfTimes } from './change-times.ts';
import { equals } from './conditions.ts';
import { workspaceEpoch } from './feed-state.ts';
import { described, unionOf } from './list-query.ts';
import type { Direction } from './page.ts';

/** What can be done with objects of each type. */
const ACTIONS: Readonly<Record<ChangedType, readonly ChangeAction[]>> = {
  Campaign: ['created', 'updated', 'archived', 'restored', 'deleted'],
  Group: ['created', 'updated', 'deleted'],
  Member: ['created', 'updated', 'deleted'],
  ApiToken: ['created', 'deleted'],
};

/** The kinds of changes. */
export const KINDS: readonly { readonly type: ChangedType; readonly action: ChangeAction }[] = Object.entries(
  ACTIONS,
).flatMap(([type, actions]) => actions.map((action) => ({ type: type as ChangedType, action })));

/** A range of revisions, without its bounds. At most `limit` rows are read, from the end that `direction` begins with. */
export interface Range extends Bounds {
  readonly direction: Direction;
  readonly limit: number;
}

/** The changes of a range that the filter matches, in the range's direction. */
export async function readChanges(
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
 * The changes that the filter matches, read as one stream for each object or kind that the filter names. Each stream is a range of
 * an index and has up to `limit` rows, in the range's direction. So a page costs the same for a long list and for rare changes. The
 * streams follow each other in the result: they are not merged.
 */
export async function readStreams(
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

/** The values of a filter in a statement. */
interface FilterValues {
  readonly uuids?: readonly string[];
  /** With `uuids`: further conditions. */
  readonly types?: readonly string[];
  readonly actions?: readonly string[];
  readonly actors?: readonly string[];
  /** Without `uuids`: the kinds of changes. The type, the action and, if given, the actor at one index are one kind. */
  readonly kindTypes?: readonly string[];
  readonly kindActions?: readonly string[];
  readonly kindActors?: readonly string[];
}

/** The values that a statement needs for a filter. null when nothing can match it. */
export function valuesOf({ types, uuids, actions, actors: named }: ChangeFilter): FilterValues | null {
  // No user has an address that cannot be stored.
  const actors = named?.filter(isStorable);
  if ([types, uuids, actions, actors].some((choices) => choices?.length === 0)) return null;
  if (uuids) {
    const further = { ...(types && { types }), ...(actions && { actions }), ...(actors && { actors }) };
    return { uuids: [...new Set(uuids)], ...further };
  }
  if (!types && !actions && !actors) return {};
  const kinds = KINDS.filter(
    ({ type, action }) => (types ?? [type]).includes(type) && (actions ?? [action]).includes(action),
  );
  if (kinds.length === 0) return null;
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
export function streamsOf({
  uuids,
  kindTypes,
  kindActions,
  kindActors,
  ...further
}: ValueSlots): Expression<SqlBool>[][] {
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
 * Only rows whose column has one of the values. `|| ''` keeps engines from using the indexes of kinds and of users here, because
 * these would give far more changes than one object has, and in another order.
 */
function amongUnindexed(column: string, values: readonly RawBuilder<unknown>[]): Expression<SqlBool> {
  return sql`${sql.ref(column)} || '' in (${sql.join(values)})`;
}

/** A query for the changes of a workspace, without selected columns. */
export function changesIn(db: Kysely<SealedTables>, workspace: RawBuilder<unknown>) {
  return described(db).selectFrom('changes').where(equals('changes.workspace_id')(workspace));
}

/** A query for the changes of a workspace, with the columns that `toChanges` reads. */
export function selectChanges(db: Kysely<SealedTables>, workspace: RawBuilder<unknown>) {
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
export interface ChangeRow {
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

/** The changes of a workspace as the model shows them. */
export function toChanges(rows: readonly ChangeRow[], workspace: WorkspaceId): Change[] {
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

/** The conditions for a change's revision to be within the bounds. */
export function between({ above, below }: { [Name in keyof Bounds]: RawBuilder<unknown> | undefined }) {
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
