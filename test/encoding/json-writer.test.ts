import fc from 'fast-check';
import { expect, it } from 'vitest';
import { JsonWriter } from '../../src/encoding/json-writer.ts';

const out = new JsonWriter();

function textOf(write: () => void): string {
  out.clear();
  write();
  return out.text().toString();
}

it('writes any text as JSON.stringify does', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('a', '"', '\\', '\n', '\u007f', '\u00e9', '\u2028', '\ud83d', '\ude00', '\uffff'),
    }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      expect(textOf(() => out.string(text))).toBe(JSON.stringify(text));
    }),
    { numRuns: 2_000, seed: 1 },
  );
});

it('writes integers', () => {
  const edges = [0, -0, 9, 10, -10, 999, 1000, 2 ** 31 - 1, -(2 ** 31)].map((integer) => fc.constant(integer));
  fc.assert(
    fc.property(fc.oneof(fc.integer(), fc.maxSafeInteger(), ...edges), (integer) => {
      expect(textOf(() => out.integer(integer))).toBe(JSON.stringify(integer));
    }),
    { numRuns: 1_000, seed: 1 },
  );
});

it('grows with the text, and does not keep what it needed for a very long one', () => {
  const long = 'é"'.repeat(1_000_000);
  expect(textOf(() => out.string(long))).toBe(JSON.stringify(long));
  expect(textOf(() => out.string('short'))).toBe('"short"');
});

it('sets a value aside, and forgets it with the next text', () => {
  out.clear();
  out.string('a');
  const start = out.length;
  out.integer(12);
  out.setAside(start);
  expect([out.text().toString(), out.aside?.toString()]).toEqual(['"a"null', '12']);
  out.clear();
  expect(out.aside).toBeUndefined();
});
