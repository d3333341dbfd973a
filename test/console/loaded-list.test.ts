import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  emptyList,
  firstRows,
  firstUnconfirmed,
  joinLists,
  mergeFirstPage,
  mergePage,
  replaceNodes,
  type ConnectionPage,
  type LoadedList,
} from '../../src/console/app/list/loaded-list.ts';

/** Simulates a list on a server, in the order of its rows' keys. */
class Shelf {
  readonly rows: { id: string; key: number; name: string }[] = [];
  #last = 0;

  insert(key: number): void {
    this.#last += 1;
    this.rows.push({ id: `row ${this.#last}`, key, name: `name ${this.#last}` });
    this.rows.sort((a, b) => a.key - b.key || a.id.localeCompare(b.id));
  }

  page(after: string | undefined, first: number): ConnectionPage<string> {
    const position = after === undefined ? undefined : (JSON.parse(after) as [number, string]);
    const following = this.rows.filter(
      ({ key, id }) => !position || key > position[0] || (key === position[0] && id.localeCompare(position[1]) > 0),
    );
    return {
      rows: following
        .slice(0, first)
        .map(({ id, key, name }) => ({ id, cursor: JSON.stringify([key, id]), node: name })),
      hasNextPage: following.length > first,
      totalCount: this.rows.length,
    };
  }
}

const FIRST = 3;

const refetch = (list: LoadedList<string>, shelf: Shelf) => mergeFirstPage(list, shelf.page(undefined, FIRST));
const fetchAt = (list: LoadedList<string>, shelf: Shelf, start: number, first: number) =>
  mergePage(list, start, shelf.page(list.rows[start - 1]?.cursor, first));
const ids = (list: LoadedList<string>) => list.rows.map(({ id }) => id);

function filled(count: number): { shelf: Shelf; list: LoadedList<string> } {
  const shelf = new Shelf();
  for (let key = 0; key < count; key += 1) shelf.insert(key * 10);
  let list = refetch(emptyList(), shelf);
  while (list.hasNextPage) list = fetchAt(list, shelf, list.rows.length, 4);
  return { shelf, list };
}

test('shows what is new at the top and keeps what is loaded below', () => {
  const { shelf, list } = filled(12);
  shelf.insert(-5);
  const anew = refetch(list, shelf);
  expect(ids(anew)).toEqual(shelf.rows.map(({ id }) => id));
  expect(anew.totalCount).toBe(13);
  expect(anew.hasNextPage).toBe(false);
});

test('drops what is gone from the page that is asked for anew', () => {
  const { shelf, list } = filled(12);
  shelf.rows.splice(1, 1);
  expect(ids(refetch(list, shelf))).toEqual(shelf.rows.map(({ id }) => id));
});

test('ends with the page where nothing ties it to what is loaded', () => {
  const { shelf, list } = filled(12);
  for (let count = 0; count < FIRST; count += 1) shelf.insert(-5);
  const anew = refetch(list, shelf);
  expect(anew.rows).toHaveLength(FIRST);
  expect(anew.hasNextPage).toBe(true);
});

test('does not take a row that moved for the place where it stood', () => {
  const { shelf, list } = filled(12);
  const moved = shelf.rows.pop();
  if (moved) shelf.rows.splice(2, 0, { ...moved, key: 15 });
  expect(ids(refetch(list, shelf))).toEqual(shelf.rows.map(({ id }) => id));
});

test('shows other nodes at once, and counts a removed row once', () => {
  const { list } = filled(5);
  const [first = '', second = ''] = ids(list);
  const names = list.rows.map(({ node }) => node);
  const nodes = new Map([
    [first, null],
    [second, 'another'],
  ]);
  const changed = replaceNodes(list, nodes);
  expect(changed.rows.map(({ node }) => node)).toEqual(['another', ...names.slice(2)]);
  expect(changed.totalCount).toBe(4);
  expect(replaceNodes(changed, nodes).totalCount).toBe(4);
});

test('takes a page that was asked for before the newest first page for as old as it is', () => {
  const { shelf, list } = filled(12);
  const page = shelf.page(list.rows[5]?.cursor, 3);
  for (const row of shelf.rows) row.name = `new ${row.name}`;
  shelf.rows.splice(0, 4);
  const anew = mergePage(refetch(list, shelf), 6, page, list);
  // A row that is in both pages is taken from the newer page.
  expect(anew.rows.slice(0, 4).map(({ node }) => node)).toEqual(['new name 5', 'new name 6', 'new name 7', 'name 8']);
  expect(firstUnconfirmed(anew, 0, 7)).toBe(3);
});

test('leaves out a page that was asked for before rows were shown otherwise, and is another object', () => {
  const { shelf, list } = filled(12);
  const page = shelf.page(list.rows[5]?.cursor, 3);
  const changed = replaceNodes(list, new Map([[list.rows[7]?.id ?? '', null]]));
  const merged = mergePage(changed, 6, page, list);
  expect(merged).toEqual(changed);
  expect(merged).not.toBe(changed);
  expect(ids(mergePage(changed, 6, page, changed))).toEqual(ids(list));
});

test('is right again once all its rows were in view, whatever changed', () => {
  const change = fc.oneof(
    fc.record({ kind: fc.constant('insert' as const), at: fc.integer({ min: -50, max: 400 }) }),
    fc.record({ kind: fc.constant('delete' as const), at: fc.nat(40) }),
    fc.record({ kind: fc.constant('move' as const), at: fc.nat(40) }),
    fc.record({ kind: fc.constant('rename' as const), at: fc.nat(40) }),
  );
  fc.assert(
    fc.property(fc.nat(30), fc.array(change, { maxLength: 12 }), fc.nat(30), (count, changes, place) => {
      const { shelf, list } = filled(count);
      const start = Math.min(place, list.rows.length);
      const slow = shelf.page(list.rows[start - 1]?.cursor, 4);
      for (const { kind, at } of changes) {
        const renamed = kind === 'rename' ? shelf.rows[at] : undefined;
        if (renamed) renamed.name += '!';
        else if (kind === 'insert') shelf.insert(at);
        else if (kind !== 'rename') {
          const [row] = shelf.rows.splice(at, 1);
          if (kind === 'move' && row) {
            shelf.rows.push({ ...row, key: 397 - row.key });
            shelf.rows.sort((a, b) => a.key - b.key || a.id.localeCompare(b.id));
          }
        }
      }
      let anew = mergePage(refetch(list, shelf), start, slow, list);
      for (;;) {
        const stale = firstUnconfirmed(anew, 0, anew.rows.length - 1);
        if (stale !== undefined) anew = fetchAt(anew, shelf, stale, 4);
        else if (anew.hasNextPage) anew = fetchAt(anew, shelf, anew.rows.length, 4);
        else break;
      }
      expect(anew.rows.map(({ id, node }) => [id, node])).toEqual(shelf.rows.map(({ id, name }) => [id, name]));
      expect(anew.totalCount).toBe(shelf.rows.length);
    }),
    { numRuns: 1_000 },
  );
});

const listOf = (count: number, hasNextPage: boolean): LoadedList<string> => ({
  ...mergeFirstPage(emptyList<string>(), {
    rows: Array.from({ length: count }, (_, place) => ({ id: `${place}`, cursor: `${place}`, node: `${place}` })),
    hasNextPage,
    totalCount: 1_000,
  }),
});

test.each([
  ['the start of a list', undefined, listOf(50, true), false, 0, [false, true]],
  ['its end', listOf(50, true), undefined, false, 950, [true, false]],
  ['a place in it', undefined, listOf(50, true), true, undefined, [true, true]],
  ['a place near its start', listOf(2, false), listOf(50, true), true, 0, [false, true]],
] as const)('%s knows which rows are beyond, and the places of its own', (_what, up, down, within, first, beyond) => {
  const shown = joinLists(up, down, within);
  expect([shown.hasPreviousPage, shown.hasNextPage]).toEqual(beyond);
  expect(shown.firstIndex).toBe(first);
});

test('rows above a place are in the order of the list', () => {
  const { rows } = joinLists(listOf(3, false), listOf(2, false), true);
  expect(rows.map(({ node }) => node)).toEqual(['2', '1', '0', '0', '1']);
});

test('the first page of a list is kept, and is no longer marked once the server has answered', () => {
  const kept = firstRows(listOf(300, false), 1_234);
  expect(kept).toMatchObject({ keptAt: 1_234, hasNextPage: true, totalCount: 1_000 });
  expect(kept.rows).toHaveLength(50);
  expect(firstRows(kept, 5_678).keptAt).toBe(1_234);
  expect(mergeFirstPage(kept, { rows: [], hasNextPage: false }).keptAt).toBeUndefined();
});
