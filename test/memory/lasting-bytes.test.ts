import { expect, it } from 'vitest';
import { lastingBytes } from '../../src/memory/lasting-bytes.ts';

it.each(['', '{', ',"name":', ',"élevage":', 'x'.repeat(100_000)])('keeps no memory but its own: %.20s', (text) => {
  const bytes = lastingBytes(text);
  expect(Buffer.from(bytes).toString()).toBe(text);
  expect(bytes.buffer.byteLength).toBe(Buffer.byteLength(text));
});
