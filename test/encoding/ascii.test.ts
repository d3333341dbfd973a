import fc from 'fast-check';
import { GraphQLString } from 'graphql';
import { expect, it } from 'vitest';
import {
  AsciiText,
  MAX_INTEGER_LENGTH,
  putBase64Url,
  putInteger,
  putPadded,
  stringOf,
} from '../../src/encoding/ascii.ts';

it('puts any safe integer as JSON.stringify writes it', () => {
  const digits = fc.integer({ min: 0, max: 15 }).chain((power) => fc.maxSafeInteger().map((n) => n % 10 ** power));
  const edges = [0, -0, 99_999_999, 1e8, 1e8 - 1, 1e15, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
  fc.assert(
    fc.property(fc.oneof(fc.maxSafeInteger(), digits, fc.constantFrom(...edges)), (integer) => {
      expect(stringOf(putInteger, MAX_INTEGER_LENGTH, integer)).toBe(JSON.stringify(integer));
    }),
    { numRuns: 2_000, seed: 1 },
  );
});

it('puts an integer with zeros before it', () => {
  const bytes = Buffer.alloc(6, '-');
  expect(putPadded(bytes, 1, 42, 4)).toBe(5);
  expect(bytes.toString()).toBe('-0042-');
});

it('puts bytes in base64url, as Buffer does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (from) => {
      const text = stringOf((bytes, at) => putBase64Url(bytes, at, from, from.length), 60, null);
      expect(text).toBe(Buffer.from(from).toString('base64url'));
    }),
    { numRuns: 2_000, seed: 1 },
  );
});

it('puts only the bytes that it is told of', () => {
  const text = stringOf((bytes, at) => putBase64Url(bytes, at, Buffer.from('abcdef'), 4), 60, null);
  expect(text).toBe(Buffer.from('abcd').toString('base64url'));
});

it('is a string where one is asked for', () => {
  class Letters extends AsciiText {
    readonly maxLength = 1_000;

    put(bytes: Uint8Array, at: number): number {
      return at + Buffer.from('abc'.repeat(333)).copy(bytes, at);
    }
  }
  const text = 'abc'.repeat(333);
  expect([String(new Letters()), GraphQLString.serialize(new Letters())]).toEqual([text, text]);
});
