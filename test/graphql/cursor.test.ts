import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAMPAIGNS } from '../../src/model/campaign.ts';
import { GROUPS } from '../../src/model/group.ts';
import { decodeCursor, encodeCursor } from '../../src/graphql/cursor.ts';
import type { Ordering } from '../../src/model/page.ts';

const CREATED: Ordering = { field: 'created', direction: 'desc' };
const NAME: Ordering = { field: 'name', direction: 'asc' };

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.base64String(),
  fc.string({ unit: 'binary' }).map((inner) => Buffer.from(inner).toString('base64url')),
  fc.string({ unit: 'binary' }).map((inner) => Buffer.from(`campaigns.created.desc:${inner}`).toString('base64url')),
  fc.string({ unit: 'binary' }).map((inner) => Buffer.from(`campaigns.name.asc:1:${inner}`).toString('base64url')),
);

describe('a cursor', () => {
  it('comes back as the time that it was made of', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(), (key, id) => {
        expect(decodeCursor(CAMPAIGNS, CREATED, encodeCursor(CAMPAIGNS, CREATED, { key, id }))).toEqual({ key, id });
      }),
    );
  });

  it('of a time that is no safe integer, after the year 2255, is that of no other time', () => {
    for (const key of [2 ** 53, 141_764_507_640_666_990, 253_402_300_799_999_000]) {
      expect(decodeCursor(CAMPAIGNS, CREATED, encodeCursor(CAMPAIGNS, CREATED, { key, id: 1 }))).toBeNull();
    }
  });

  it('comes back as the name that it was made of', () => {
    const name = fc.string({ unit: 'binary' }).filter((one) => one.isWellFormed() && !one.includes('\0'));
    fc.assert(
      fc.property(name, fc.nat(), (key, id) => {
        expect(decodeCursor(GROUPS, NAME, encodeCursor(GROUPS, NAME, { key, id }))).toEqual({ key, id });
      }),
    );
  });

  it('is a position or null, for any text', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(CREATED, NAME), (input, ordering) => {
        const position = decodeCursor(CAMPAIGNS, ordering, input);
        if (position !== null) expect(encodeCursor(CAMPAIGNS, ordering, position)).toBe(input);
      }),
      { numRuns: 2_000 },
    );
  });

  it('can stand in an address as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (key, id) => {
        const cursor = encodeCursor(CAMPAIGNS, NAME, { key, id });
        expect(encodeURIComponent(cursor)).toBe(cursor);
      }),
    );
  });

  it.each([
    ['another list', GROUPS, CREATED],
    ['another field', CAMPAIGNS, { field: 'name', direction: 'desc' }],
    ['the other direction', CAMPAIGNS, { field: 'created', direction: 'asc' }],
  ] as const)('is none of %s', (_what, list, ordering) => {
    const cursor = encodeCursor(CAMPAIGNS, CREATED, { key: 1, id: 2 });
    expect(decodeCursor(CAMPAIGNS, CREATED, cursor)).toEqual({ key: 1, id: 2 });
    expect(decodeCursor(list, ordering, cursor)).toBeNull();
  });

  it.each([
    ['a time', CREATED, { key: 1_700_000_000_123_456, id: 42 }],
    ['a name', NAME, { key: 'été: a name with a colon: 7', id: 42 }],
  ] as const)('of %s that was cut off anywhere is none', (_what, ordering, position) => {
    const cursor = encodeCursor(CAMPAIGNS, ordering, position);
    for (let length = 0; length < cursor.length; length++) {
      expect(decodeCursor(CAMPAIGNS, ordering, cursor.slice(0, length))).toBeNull();
    }
    expect(decodeCursor(CAMPAIGNS, ordering, cursor)).toEqual(position);
  });

  it('is not of an order whose name begins alike', () => {
    const orders = { created: { type: 'integer' }, count: { type: 'integer' } } as const;
    const list = { name: 'campaigns', orders };
    const cursor = encodeCursor(list, CREATED, { key: 1, id: 2 });
    expect(decodeCursor(list, CREATED, cursor)).toEqual({ key: 1, id: 2 });
    expect(decodeCursor(list, { field: 'count', direction: 'desc' }, cursor)).toBeNull();
  });

  it.each([
    ['one that was cut off', (cursor: string) => cursor.slice(0, -1)],
    ['one with padding', (cursor: string) => `${cursor}=`],
    ['one with white space', (cursor: string) => ` ${cursor}`],
    ['nothing', () => ''],
  ])('is not %s', (_what, change) => {
    expect(decodeCursor(CAMPAIGNS, CREATED, change(encodeCursor(CAMPAIGNS, CREATED, { key: 11, id: 2 })))).toBeNull();
  });
});
