/**
 * The outcome of `start`, which calls `begin` right before its work can no longer be undone. Rejects with the signal's reason as soon as
 * the signal aborts before that: the caller need not wait for work that will not be done. `begin` throws the reason then. Work that has
 * begun is finished, because its caller could not be told what has become of it.
 */
export async function untilBegun<Result>(
  signal: AbortSignal,
  start: (begin: () => void) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = () => reject(signal.reason);
  const begin = () => {
    signal.throwIfAborted();
    signal.removeEventListener('abort', end);
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    return await Promise.race([start(begin), ended]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
