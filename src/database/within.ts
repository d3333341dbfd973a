/** The outcome of a promise. Rejects with what `late` returns when there is none after `timeout` ms; the work behind the promise goes on. */
export function within<Result>(timeout: number, outcome: Promise<Result>, late: () => Error): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), timeout);
    outcome.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
