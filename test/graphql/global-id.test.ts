import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromGlobalId, toGlobalId } from '../../src/graphql/global-id.ts';

const TYPES = ['Campaign', 'Group'];

describe('a global id', () => {
  it('comes back as the type and the UUID that it was made of', () => {
    fc.assert(
      fc.property(fc.constantFrom('Campaign', 'Group'), fc.uuid(), (type, uuid) => {
        expect(fromGlobalId(TYPES, toGlobalId(type, uuid))).toEqual({ type, uuid });
      }),
    );
  });

  it('is one or null, for any text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }).map((inner) => Buffer.from(`Campaign:${inner}`).toString('base64url')),
    );
    fc.assert(
      fc.property(text, (input) => {
        const named = fromGlobalId(TYPES, input);
        if (named !== null) expect(toGlobalId(named.type, named.uuid)).toBe(input);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['a type that has none', 'Workspace:089de107-5553-4c07-ab00-092b7869dae1'],
    ['a UUID in capitals', 'Campaign:089DE107-5553-4C07-AB00-092B7869DAE1'],
    ['a number', 'Campaign:101'],
    ['a member of every object', 'constructor:089de107-5553-4c07-ab00-092b7869dae1'],
  ])('is not made of %s', (_what, inner) => {
    expect(fromGlobalId(TYPES, Buffer.from(inner).toString('base64url'))).toBeNull();
  });
});
