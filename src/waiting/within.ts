/**
 * The outcome of a promise. Rejects with what `late` returns when there is none after `timeout` ms. The work behind the promise goes on,
 * unless `late` ends it.
 */
export function within<Result>(timeout: number, outcome: Promise<Result>, late: () => Error): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      // When the event loop was held up, an answer may have arrived already. It is read before immediates run.
      setImmediate(() => reject(late()));
    }, timeout);
    outcome.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
