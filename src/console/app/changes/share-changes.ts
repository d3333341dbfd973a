import { ASK_MS, catchUp, followChanges, pause, type ChangeBatch, type ChangeSource } from './follow-changes.ts';

/** A tab that leads says something at least every 20 seconds. After this time, in ms, the others ask the server themselves. */
const MAX_SILENCE_MS = 30_000;
/** How long, in ms, a new tab waits to become the leader. Then it asks the server for the changes that it may have missed. */
const SETTLE_MS = 100;

/**
 * Follows the changes as `followChanges` does, together with the other tabs that use the same name. One tab leads and holds the
 * stream, and the others get the changes from it. When the leading tab closes, another one leads. A browser allows six connections
 * to a host with HTTP/1.1. If each tab had a stream of its own, six tabs would use them all and no tab could send a request.
 */
export async function shareChanges(
  name: string,
  source: ChangeSource,
  from: string,
  take: (batch: ChangeBatch) => void,
  signal: AbortSignal,
): Promise<void> {
  // Browsers have the Web Locks API only in secure contexts, so not for pages over plain HTTP from another machine.
  if (!('locks' in navigator)) return followChanges(source, from, take, signal);
  const channel = new BroadcastChannel(name);
  let cursor = from;
  let heardAt = Number.NEGATIVE_INFINITY;
  const listening = new AbortController();
  const stop = () => listening.abort();
  signal.addEventListener('abort', stop);

  const moveOn = (batch: ChangeBatch) => {
    ({ cursor } = batch);
    take(batch);
  };
  channel.addEventListener('message', ({ data }: MessageEvent<ChangeBatch>) => {
    if (listening.signal.aborted) return;
    heardAt = Date.now();
    moveOn(data);
  });

  const lead = async () => {
    stop();
    const tell = (batch: ChangeBatch) => {
      take(batch);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
      channel.postMessage(batch);
    };
    await followChanges(source, cursor, tell, signal);
  };

  const listen = async () => {
    await pause(SETTLE_MS, listening.signal);
    while (!listening.signal.aborted) {
      // The first round always asks, because the leading tab may have sent changes after `from` before this tab listened.
      if (Date.now() - heardAt > MAX_SILENCE_MS) await catchUp(source, cursor, moveOn, listening.signal);
      await pause(ASK_MS, listening.signal);
    }
  };

  // The request for the lock rejects when the signal aborts.
  await Promise.all([navigator.locks.request(name, { signal }, lead).catch(() => {}), listen()]);
  signal.removeEventListener('abort', stop);
  channel.close();
}
