import { expect, it } from 'vitest';
import { table } from '../../src/commands/table.ts';

it('has columns as wide as their longest cells', () => {
  expect(
    table(
      ['number', 'name'],
      [
        ['1', 'Élevage'],
        ['12345678', 'x'],
      ],
    ).split('\n'),
  ).toEqual(['number    name', '1         Élevage', '12345678  x']);
});

it('has any number of rows', () => {
  const rows = Array.from({ length: 200_000 }, (_, place) => [String(place)]);
  expect(table(['number'], rows).split('\n')).toHaveLength(200_001);
});
