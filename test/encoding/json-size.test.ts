import { expect, test } from 'vitest';
import { jsonSize, oversize } from '../../src/encoding/json-size.ts';

test.each([
  ['1', 0, 0, 0, 0],
  ['[]', 0, 1, 0, 0],
  ['[1, [2, {"a": 3}], 4]', 3, 3, 1, 1],
  ['{"a": ",[,{", "b": "\\",[["}', 1, 1, 2, 2],
  ['{"a": {"b": 1, "c": 2, ":": ":"}, "d": [{"e": 4}]}', 3, 3, 3, 6],
  ['[{"a": 1, "b": 2}, {"a": 3, "b" : 4}, {"ab": 5}]', 4, 2, 2, 3],
  ['"\\\\", [', 1, 1, 0, 0],
  ['"open, [', 0, 0, 0, 0],
  [']]]][', 0, 1, 0, 0],
])(
  '%s has %i separators, is %i deep, has an object with %i members, and %i names of members',
  (text, separators, depth, members, names) => {
    expect(jsonSize(text)).toEqual({ separators, depth, members, names });
  },
);

test('objects whose members have very many different names are refused', () => {
  const objects = (count: number) =>
    JSON.stringify(Array.from({ length: count }, (_, place) => ({ [`k${place}`]: 1 })));
  expect(oversize(objects(2_000), 10_000)).toBeNull();
  expect(oversize(objects(2_100), 10_000)).toBe(
    'The objects of the body have more than 2000 different names of members',
  );
});

test('an object with very many members is refused, and a list of objects is not', () => {
  const objectOf = (size: number) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: size }, (_, place) => [`k${place}`, 1])));
  expect(oversize(objectOf(1_000), 10_000)).toBeNull();
  expect(oversize(`[${objectOf(1_001)}]`, 10_000)).toBe('An object of the body has more than 1000 members');
  expect(oversize(JSON.stringify(Array.from({ length: 2_000 }, () => ({ a: 1, b: 2 }))), 10_000)).toBeNull();
});

test.each([
  ['levels', '['.repeat(5_000), { depth: 901 }],
  ['members', `{${'"a":1,'.repeat(5_000)}}`, { members: 1_001 }],
  ['names', Array.from({ length: 5_000 }, (_, place) => `{"k${place}":1}`).join(), { names: 2_001 }],
])('what comes after too many %s is not looked at', (_what, text, size) => {
  expect(jsonSize(text)).toMatchObject(size);
});
