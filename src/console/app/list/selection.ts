/** Which rows of a list are selected. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** The range that begins at the row that was last selected or deselected on its own. Undefined if there is none. */
  readonly range: SelectionRange | undefined;
}

interface SelectionRange {
  readonly from: string;
  readonly to: string;
  /** What was selected before the range, so that a range that gets shorter leaves its rows as they were. */
  readonly before: ReadonlySet<string>;
  /** Whether the rows of the range are selected or deselected. */
  readonly selects: boolean;
}

type Rows = readonly { readonly id: string }[];

/** The server changes at most this many at once, all of them or none. So each action has one outcome and one undo. */
export const MAX_SELECTED = 250;

export const NOTHING_SELECTED: Selection = { ids: new Set(), range: undefined };

// The functions that take `Rows` first drop ids that are no longer in the list, so that nothing is selected that cannot be seen.

/** Selects a row, or deselects it if it is selected. */
export function toggleRow({ ids }: Selection, rows: Rows, id: string): Selection {
  const before = present(ids, rows);
  return withRange(rows, { from: id, to: id, before, selects: !before.has(id) });
}

/** Repeats the last selection or deselection of a single row for all rows from that row to this one. Replaces the earlier range. */
export function extendRange(selection: Selection, rows: Rows, to: string): Selection {
  const { range } = selection;
  if (!range || !rows.some(({ id }) => id === range.from)) return toggleRow(selection, rows, to);
  return withRange(rows, { ...range, to, before: present(range.before, rows) });
}

/** Extends the range by a step from one row to another. If the range does not end at `from`, a new range begins there and selects. */
export function extendRangeFrom(selection: Selection, rows: Rows, from: string, to: string): Selection {
  if (selection.range?.to === from) return extendRange(selection, rows, to);
  return withRange(rows, { from, to, before: present(selection.ids, rows), selects: true });
}

/** Selects all rows, or as many as can be selected. */
export function selectRows({ ids }: Selection, rows: Rows): Selection {
  const all = rows.map(({ id }) => id);
  return { ids: withIds(present(ids, rows), all), range: undefined };
}

/** Deselects some rows. */
export function deselectRows({ ids }: Selection, rows: readonly string[]): Selection {
  return { ids: withoutIds(ids, rows), range: undefined };
}

function withRange(rows: Rows, range: SelectionRange): Selection {
  const placeOf = (end: string) => rows.findIndex(({ id }) => id === end);
  const [from, to] = [placeOf(range.from), placeOf(range.to)];
  const within = rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ id }) => id);
  // If not all of them can be selected, those next to the beginning of the range are.
  const ids = from > to ? within.reverse() : within;
  return { ids: range.selects ? withIds(range.before, ids) : withoutIds(range.before, ids), range };
}

function present(ids: ReadonlySet<string>, rows: Rows): ReadonlySet<string> {
  return new Set(rows.flatMap(({ id }) => (ids.has(id) ? [id] : [])));
}

function withIds(ids: ReadonlySet<string>, more: readonly string[]): ReadonlySet<string> {
  const all = new Set(ids);
  for (const id of more) if (all.size < MAX_SELECTED) all.add(id);
  return all;
}

function withoutIds(ids: ReadonlySet<string>, fewer: readonly string[]): ReadonlySet<string> {
  const left = new Set(ids);
  for (const id of fewer) left.delete(id);
  return left;
}
