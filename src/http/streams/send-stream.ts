import type { ServerResponse } from 'node:http';
import { asError } from '../../thrown.ts';

/** The headers of every answer without an end, whatever its format. */
const HEADERS = {
  // `no-transform` prevents compression, which would hold parts back. `no-store` keeps the answer out of every cache.
  'cache-control': 'no-store, no-transform',
  // nginx would hold parts back as well.
  'x-accel-buffering': 'no',
};

/**
 * Sends the parts as they come, and then ends the response. The next part is asked for when the client has taken the last one,
 * so that nothing is queued for a client that reads slowly. When the parts end with an error, or the signal aborts while a
 * client that reads slowly is waited for, the response ends without the remaining parts.
 * @returns The error with which the parts ended.
 */
export async function sendStream(
  response: ServerResponse,
  contentType: string,
  parts: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<Error | undefined> {
  response.writeHead(200, { ...HEADERS, 'content-type': contentType });
  try {
    for await (const part of parts) {
      if (response.write(part)) continue;
      await drained(response, signal);
      signal.throwIfAborted();
    }
    return undefined;
  } catch (error) {
    return asError(error);
  } finally {
    response.end();
  }
}

/** Resolves when more can be written, or when the signal aborts. */
function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted || !response.writableNeedDrain) {
      resolve();
      return;
    }
    const done = () => {
      response.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    response.on('drain', done);
    signal.addEventListener('abort', done);
  });
}
