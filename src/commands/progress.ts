/** Is told how much of the work is done, and how much there is in all; undefined where that is not known. */
export type Progress = (done: number, total: number | undefined) => void;

/** For so long, in ms, no bar is shown, because most work ends before anyone could read it. */
const DELAY = 500;
/** The bar's width in characters. */
const WIDTH = 30;

/**
 * Returns a function that draws a progress bar on standard error. It draws nothing when standard error is not a
 * terminal. What it counts is in bytes where the total is not known.
 */
export function showProgress(what: string): Progress {
  if (!process.stderr.isTTY) return () => {};
  const started = performance.now();
  let shown = '';
  return (done, total) => {
    const text = total === undefined ? `${Math.floor(done / 1_000_000)} MB` : bar(done, total);
    if (text === shown || performance.now() - started < DELAY) return;
    shown = text;
    // What is written next, such as an error, takes the place of a bar that is not full.
    process.stderr.write(`${what} ${text}${done === total ? '\n' : '\r'}`);
  };
}

function bar(done: number, total: number): string {
  const filled = Math.round((WIDTH * done) / total);
  const percent = Math.floor((100 * done) / total);
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${String(percent).padStart(3)} %`;
}
