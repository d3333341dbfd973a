/** The outcome of a promise. Rejects with the signal's reason when the signal aborts first. The work behind the promise goes on. */
export async function untilAborted<Result>(signal: AbortSignal, outcome: Promise<Result>): Promise<Result> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([outcome, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
