// An `import` of `node:http` reads every member of the module, also those that Node makes only when they are asked for, such as WebSocket.
// That loads Node's own fetch, HTTP/2 and TLS: 13 MiB of memory and 50 ms of each start, and nothing here uses them.

/** Node's HTTP/1.1. */
export const { createServer, IncomingMessage, ServerResponse } = process.getBuiltinModule('node:http');

/** Node's HTTP client for an address. The one for `https:` is loaded when it is first asked for. */
export function clientFor(url: string): Pick<typeof import('node:http'), 'Agent' | 'request'> {
  return process.getBuiltinModule(url.startsWith('https:') ? 'node:https' : 'node:http');
}
