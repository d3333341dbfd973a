import { expect, it } from 'vitest';
import { closeAll } from '../src/close-all.ts';

it('parts are closed from the last to the first, also behind one that cannot be closed', async () => {
  const closed: string[] = [];
  const [thrown, rejected] = [new Error('thrown'), new Error('rejected')];
  const closers = [
    () => void closed.push('first'),
    () => {
      throw thrown;
    },
    async () => void closed.push('second'),
    () => Promise.reject(rejected),
    () => void closed.push('last'),
  ];
  expect(await closeAll(closers)).toEqual([rejected, thrown]);
  expect(closed).toEqual(['last', 'second', 'first']);
  expect(await closeAll(closers)).toEqual([]);
});
