/** Called with how much of the work is done and how much there is in all. `total` is undefined when it is not known. */
export type Progress = (done: number, total: number | undefined) => void;

/** No bar is shown for this time, in ms, because most work ends before anyone could read it. */
const DELAY = 500;
/** The bar's width in characters. */
const WIDTH = 30;

/**
 * Returns a function that draws a progress bar on standard error. It draws nothing when standard error is not a terminal.
 * @param shownAlone Words for `done`, for work whose total is not known.
 */
export function showProgress(what: string, shownAlone: (done: number) => string = inMegabytes): Progress {
  if (!process.stderr.isTTY) return () => {};
  const started = performance.now();
  let shown = '';
  return (done, total) => {
    const text = total === undefined ? shownAlone(done) : bar(done, total);
    if (text === shown || performance.now() - started < DELAY) return;
    shown = text;
    // The next output, such as an error, overwrites a bar that is not full.
    process.stderr.write(`${what} ${text}${total !== undefined && done >= total ? '\n' : '\r'}`);
  };
}

function inMegabytes(bytes: number): string {
  return `${Math.floor(bytes / 1_000_000)} MB`;
}

function bar(done: number, total: number): string {
  // A file may grow while it is read.
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.round(WIDTH * share);
  const percent = Math.floor(100 * share);
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${String(percent).padStart(3)} %`;
}
