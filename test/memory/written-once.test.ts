import { expect, it } from 'vitest';
import { WrittenOnce } from '../../src/memory/written-once.ts';

class Thing extends WrittenOnce {}

it('the JSON of an object is kept in the few forms that came last, and only what is short', () => {
  const thing = new Thing();
  const forms = Array.from({ length: 6 }, (_, place) => ({ place }));
  const long = {};
  thing.keep(long, new Uint8Array(401));
  for (const form of forms) thing.keep(form, Uint8Array.of(form.place));
  expect(forms.map((form) => thing.jsonIn(form)?.[0])).toEqual([undefined, undefined, 2, 3, 4, 5]);
  expect(thing.jsonIn(long)).toBeUndefined();
});

it('the JSON that is kept does not change with the buffer in which it was written', () => {
  const [thing, form, buffer] = [new Thing(), {}, Uint8Array.of(1, 2, 3)];
  thing.keep(form, buffer.subarray(1));
  buffer.fill(9);
  expect(thing.jsonIn(form)).toEqual(Uint8Array.of(2, 3));
});
