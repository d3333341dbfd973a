import { expect, test } from 'vitest';
import { placeOfMonth, readFrom } from '../../src/console/app/list/place.ts';

const order = (field: 'CREATED' | 'NAME', direction: 'ASC' | 'DESC') => ({ field, direction });

test('nothing in the address is the start, and `end` the end, in any order', () => {
  expect(readFrom(undefined, order('NAME', 'ASC'))).toBe('start');
  expect(readFrom('end', order('CREATED', 'DESC'))).toBe('end');
});

test('a letter leads to the first of its names, from either end of the alphabet', () => {
  expect(readFrom('m', order('NAME', 'ASC'))).toEqual({ name: 'm' });
  expect(readFrom('m', order('NAME', 'DESC'))).toEqual({ name: 'm\u{10FFFF}' });
});

test('a month leads to its first moment, or to its last one where the newest comes first', () => {
  const local = (year: number, month: number) => new Date(year, month - 1);
  expect(readFrom('2024-02', order('CREATED', 'ASC'))).toEqual({ createdOn: local(2024, 2).toISOString() });
  const last = readFrom('2024-12', order('CREATED', 'DESC')) as { createdOn: string };
  expect(last.createdOn).toMatch(/\.999999Z$/);
  expect(Date.parse(last.createdOn)).toBe(local(2025, 1).getTime() - 1);
  expect(placeOfMonth(local(2024, 2))).toBe('2024-02');
});

test.each(['m', '2024', '2024-2', ''])('%j is no month, and leads to the start', (at) => {
  expect(readFrom(at, order('CREATED', 'DESC'))).toBe('start');
});
