import type { ClientRequest } from 'node:http';
import { codeOf } from './thrown.ts';

// An `import` of `node:http` reads every export of the module, including those that Node loads lazily, such as WebSocket. This loads
// Node's own fetch, HTTP/2 and TLS, which nothing here uses. They take 13 MiB of memory and 50 ms of each start.

/** Node's HTTP/1.1. */
export const { createServer, IncomingMessage, ServerResponse } = process.getBuiltinModule('node:http');

/** Node's HTTP or HTTPS client, by the scheme of the address. The HTTPS client is loaded at its first use. */
export function clientFor(url: string): Pick<typeof import('node:http'), 'Agent' | 'request'> {
  return process.getBuiltinModule(url.startsWith('https:') ? 'node:https' : 'node:http');
}

/**
 * Whether a request has failed because the server closed the idle connection at the moment when it was used again. Node's documentation
 * of `reusedSocket` names this error. The server may have read the request all the same, so that only a request that can be repeated
 * may be sent again.
 */
export function hitClosedConnection({ reusedSocket }: ClientRequest, error: unknown): boolean {
  return reusedSocket && codeOf(error) === 'ECONNRESET';
}
