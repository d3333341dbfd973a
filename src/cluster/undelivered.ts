import type { Worker } from 'node:cluster';
import { isRecord } from '../encoding/is-record.ts';

/** The part of a connection's handle that is used in the primary. */
interface Handle {
  close(): void;
}

/**
 * Closes the connections that were on their way to a worker when it ended.
 *
 * Node keeps a connection open in the primary until the worker has acknowledged it. A worker that is killed before never does
 * this, and the client would wait for ever. Node has no public event for this, so Node's own messages are watched. If another
 * version of Node writes them in another way, nothing is watched and nothing else changes.
 */
export function closeUndelivered(worker: Worker): void {
  const { process: child } = worker;
  const undelivered = new Map<unknown, Handle>();
  const send = child.send.bind(child) as (...args: unknown[]) => boolean;
  child.send = (...args: unknown[]) => {
    const [message, handle] = args;
    if (isRecord(message) && message.act === 'newconn' && isHandle(handle)) undelivered.set(message.seq, handle);
    return send(...args);
  };
  child.on('internalMessage', (message: unknown) => {
    if (isRecord(message)) undelivered.delete(message.ack);
  });
  // `close` comes after the worker's last message. `disconnect` does not come when a connection was on its way.
  child.once('close', () => {
    for (const handle of undelivered.values()) handle.close();
    undelivered.clear();
  });
}

function isHandle(value: unknown): value is Handle {
  return isRecord(value) && typeof value.close === 'function';
}
