import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { showProgress } from '../../src/commands/progress.ts';

/** In ms. A bar is shown after 500 ms. */
const SHOWN_AFTER = 600;

it('fills the bar once when a file has grown while it was read', async () => {
  const { isTTY } = process.stderr;
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  process.stderr.isTTY = true;
  onTestFinished(() => {
    write.mockRestore();
    process.stderr.isTTY = isTTY;
  });
  const progress = showProgress('Loading');
  await wait(SHOWN_AFTER);
  for (const done of [50, 110, 120]) progress(done, 100);
  expect(write.mock.calls.map(([text]) => text)).toEqual([
    `Loading ${'█'.repeat(15)}${'░'.repeat(15)}  50 %\r`,
    `Loading ${'█'.repeat(30)} 100 %\n`,
  ]);
});
