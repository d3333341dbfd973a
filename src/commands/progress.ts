import type { Progress } from '../snapshot/load.ts';

/** With fewer rows no bar is shown, because the work ends before anyone could read it. */
const MIN_ROWS = 5_000;
/** The bar's width in characters. */
const WIDTH = 30;

/**
 * Returns a function that draws a progress bar on standard error. It draws nothing when standard error is not a
 * terminal.
 */
export function showProgress(what: string): Progress {
  if (!process.stderr.isTTY) return () => {};
  let shown = -1;
  return (done, total) => {
    const percent = Math.floor((100 * done) / total);
    if (total < MIN_ROWS || percent === shown) return;
    shown = percent;
    const filled = Math.round((WIDTH * done) / total);
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
    process.stderr.write(`\r${what} ${bar} ${String(percent).padStart(3)} %${done === total ? '\n' : ''}`);
  };
}
