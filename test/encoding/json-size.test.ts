import { expect, test } from 'vitest';
import { jsonSize } from '../../src/encoding/json-size.ts';

test.each([
  ['1', 0, 0],
  ['[]', 0, 1],
  ['[1, [2, {"a": 3}], 4]', 3, 3],
  ['{"a": ",[,{", "b": "\\",[["}', 1, 1],
  ['"\\\\", [', 1, 1],
  ['"open, [', 0, 0],
  [']]]][', 0, 0],
])('%s has %i separators and is %i deep', (text, separators, depth) => {
  expect(jsonSize(text)).toEqual({ separators, depth });
});
