import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from '../../src/graphql/cursor.ts';
import type { Ordering } from '../../src/model/page.ts';

const CREATED: Ordering = { field: 'created', direction: 'desc' };
const NAME: Ordering = { field: 'name', direction: 'asc' };

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.base64String(),
  fc.string({ unit: 'binary' }).map((inner) => Buffer.from(inner).toString('base64url')),
  fc.string({ unit: 'binary' }).map((inner) => Buffer.from(`ccd:${inner}`).toString('base64url')),
  fc.string({ unit: 'binary' }).map((inner) => Buffer.from(`cna:1:${inner}`).toString('base64url')),
);

describe('a cursor', () => {
  it('comes back as the time that it was made of', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(), (key, id) => {
        expect(decodeCursor('c', CREATED, encodeCursor('c', CREATED, { key, id }))).toEqual({ key, id });
      }),
    );
  });

  it('comes back as the name that it was made of', () => {
    const name = fc.string({ unit: 'binary' }).filter((one) => one.isWellFormed() && !one.includes('\0'));
    fc.assert(
      fc.property(name, fc.nat(), (key, id) => {
        expect(decodeCursor('g', NAME, encodeCursor('g', NAME, { key, id }))).toEqual({ key, id });
      }),
    );
  });

  it('is a position or null, for any text', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(CREATED, NAME), (input, ordering) => {
        const position = decodeCursor('c', ordering, input);
        if (position !== null) expect(encodeCursor('c', ordering, position)).toBe(input);
      }),
      { numRuns: 2_000 },
    );
  });

  it('can stand in an address as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (key, id) => {
        const cursor = encodeCursor('c', NAME, { key, id });
        expect(encodeURIComponent(cursor)).toBe(cursor);
      }),
    );
  });

  it.each([
    ['another list', 'g', CREATED],
    ['another field', 'c', { field: 'name', direction: 'desc' }],
    ['the other direction', 'c', { field: 'created', direction: 'asc' }],
  ] as const)('is none of %s', (_what, list, ordering) => {
    const cursor = encodeCursor('c', CREATED, { key: 1, id: 2 });
    expect(decodeCursor('c', CREATED, cursor)).toEqual({ key: 1, id: 2 });
    expect(decodeCursor(list, ordering, cursor)).toBeNull();
  });

  it.each([
    ['one that was cut off', (cursor: string) => cursor.slice(0, -1)],
    ['one with padding', (cursor: string) => `${cursor}=`],
    ['one with white space', (cursor: string) => ` ${cursor}`],
    ['nothing', () => ''],
  ])('is not %s', (_what, change) => {
    expect(decodeCursor('c', CREATED, change(encodeCursor('c', CREATED, { key: 11, id: 2 })))).toBeNull();
  });
});
