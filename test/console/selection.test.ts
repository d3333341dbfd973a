import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  deselectRows,
  extendRange,
  extendRangeFrom,
  MAX_SELECTED,
  NOTHING_SELECTED,
  selectRows,
  toggleRow,
  type Selection,
} from '../../src/console/app/list/selection.ts';

const rowsOf = (names: string) => Array.from(names, (id) => ({ id }));
const rows = rowsOf('abcdefgh');
const selected = ({ ids }: Selection) => [...ids].toSorted().join('');

describe('a selection', () => {
  test('gains and loses single rows', () => {
    const two = toggleRow(toggleRow(NOTHING_SELECTED, rows, 'c'), rows, 'a');
    expect(selected(two)).toBe('ac');
    expect(selected(toggleRow(two, rows, 'c'))).toBe('a');
  });

  test.each(['bcdefgh', 'gfedcba'])('gains the rows from the last one to another: %s', (range) => {
    const one = toggleRow(NOTHING_SELECTED, rows, range.at(0) ?? '');
    expect(selected(extendRange(one, rows, range.at(-1) ?? ''))).toBe([...range].toSorted().join(''));
  });

  test('gets shorter again with its range, and keeps what was selected before', () => {
    const before = toggleRow(toggleRow(NOTHING_SELECTED, rows, 'e'), rows, 'b');
    const long = extendRange(before, rows, 'f');
    expect(selected(long)).toBe('bcdef');
    expect(selected(extendRange(long, rows, 'c'))).toBe('bce');
    expect(selected(extendRange(long, rows, 'a'))).toBe('abe');
  });

  test('loses a range that begins with a deselected row', () => {
    const some = toggleRow(selectRows(NOTHING_SELECTED, rows), rows, 'c');
    expect(selected(extendRange(some, rows, 'e'))).toBe('abfgh');
  });

  test('follows the steps of the keyboard, and begins a new range elsewhere', () => {
    const steps = extendRangeFrom(extendRangeFrom(NOTHING_SELECTED, rows, 'b', 'c'), rows, 'c', 'd');
    expect(selected(steps)).toBe('bcd');
    expect(selected(extendRangeFrom(steps, rows, 'd', 'c'))).toBe('bc');
    expect(selected(extendRangeFrom(steps, rows, 'g', 'f'))).toBe('bcdfg');
  });

  test('has no row that is not in the list, and a range not what came into it later', () => {
    const range = extendRange(toggleRow(NOTHING_SELECTED, rows, 'b'), rows, 'd');
    const now = rowsOf('abxdefgh');
    expect(selected(toggleRow(range, now, 'h'))).toBe('bdh');
    // The first row of the range is no longer in the list, so only the clicked row is added.
    expect(selected(extendRange(range, rowsOf('acdefgh'), 'g'))).toBe('cdg');
  });

  test('loses what is done', () => {
    expect(selected(deselectRows(selectRows(NOTHING_SELECTED, rows), ['a', 'h', 'z']))).toBe('bcdefg');
  });

  test('takes no more than the server changes at once: the first ones', () => {
    const many = Array.from({ length: 600 }, (_, place) => ({ id: String(place) }));
    expect([...selectRows(NOTHING_SELECTED, many).ids]).toEqual(many.slice(0, MAX_SELECTED).map(({ id }) => id));
    const upwards = extendRange(toggleRow(NOTHING_SELECTED, many, '599'), many, '0');
    expect(upwards.ids.size).toBe(MAX_SELECTED);
    expect(upwards.ids.has('599') && upwards.ids.has('350') && !upwards.ids.has('349')).toBe(true);
    expect(toggleRow(upwards, many, '0').ids.size).toBe(MAX_SELECTED);
  });

  test('never has more than can be seen, whatever is pressed while the list changes', () => {
    const id = fc.constantFrom(...'abcdefgh');
    const step = fc.record({
      list: fc.uniqueArray(id, { minLength: 1 }),
      key: fc.constantFrom('toggle', 'range', 'step', 'all'),
      places: fc.tuple(fc.nat(7), fc.nat(7)),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let selection = NOTHING_SELECTED;
        for (const { list, key, places } of steps) {
          const present = list.map((each) => ({ id: each }));
          const [from = '', to = ''] = places.map((place) => list[place % list.length] ?? '');
          if (key === 'toggle') selection = toggleRow(selection, present, to);
          else if (key === 'range') selection = extendRange(selection, present, to);
          else if (key === 'step') selection = extendRangeFrom(selection, present, from, to);
          else selection = selectRows(selection, present);
          expect(list).toEqual(expect.arrayContaining([...selection.ids]));
        }
      }),
    );
  });
});
