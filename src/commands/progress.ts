import type { Progress } from '../snapshot/load.ts';

/** Below so many rows the work is done before a bar could be read. */
const WORTH_SHOWING = 5_000;
const WIDTH = 30;

/** A bar on standard error while something long goes on; nothing where that is no terminal. */
export function showProgress(what: string): Progress {
  if (!process.stderr.isTTY) return () => {};
  let shown = -1;
  return (done, total) => {
    const percent = Math.floor((100 * done) / total);
    if (total < WORTH_SHOWING || percent === shown) return;
    shown = percent;
    const filled = Math.round((WIDTH * done) / total);
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
    process.stderr.write(`\r${what} ${bar} ${String(percent).padStart(3)} %${done === total ? '\n' : ''}`);
  };
}
