import { expect, it } from 'vitest';
import { Counts } from '../../src/memory/counts.ts';

it('counts by key, and begins again with 0 for a key that has counted down', () => {
  const counts = new Counts<string>();
  expect([counts.up('one'), counts.up('one'), counts.up('other')]).toEqual([1, 2, 1]);
  counts.down('one');
  expect([counts.of('one'), counts.of('other'), counts.of('unknown')]).toEqual([1, 1, 0]);
  counts.down('one');
  counts.down('unknown');
  expect([counts.of('one'), counts.of('unknown'), counts.up('one')]).toEqual([0, 0, 1]);
});
