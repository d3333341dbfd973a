import type { Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** How long, in ms, clients that keep a connection open have to make one more request, and to be told that it closes. */
const NOTICE = 250;

/** How long, in ms, requests that are under way have to be answered. */
const DRAIN = 10_000;

/** How often, in ms, a draining server looks for connections that have nothing under way any more. */
const SWEEP = 50;

export interface Drain {
  /** Whether the server is going down. */
  readonly draining: boolean;
  /** Takes the server down in good order, and resolves when the last connection is closed. Call it once. */
  drain(): Promise<void>;
}

/**
 * Makes a server one that can be taken down without failing a request. While it drains, every answer says
 * `Connection: close`, because a client that reuses its connection just as the server closes it would lose its request.
 * Then no more connections are accepted, and each one is closed when its request is answered. After DRAIN, what is left is
 * cut off.
 */
export function drainable(server: Server): Drain {
  const unanswered = new Set<ServerResponse>();
  let draining = false;
  // First, so that the header is there before any route answers.
  server.prependListener('request', (_request, response: ServerResponse) => {
    if (draining) response.setHeader('connection', 'close');
    unanswered.add(response);
    response.once('close', () => unanswered.delete(response));
  });

  return {
    get draining() {
      return draining;
    },
    async drain() {
      draining = true;
      for (const response of unanswered) if (!response.headersSent) response.setHeader('connection', 'close');
      await notice(server);
      await close(server);
    },
  };
}

/** Goes on serving until all connections are closed, for NOTICE at most. */
async function notice(server: Server): Promise<void> {
  const countConnections = promisify(server.getConnections.bind(server));
  const end = performance.now() + NOTICE;
  while (performance.now() < end && (await countConnections()) > 0) await sleep(SWEEP);
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP);
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      resolve();
    });
  });
}
