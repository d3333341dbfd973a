// An `import` of `node:http` reads all that the module has, and so loads what it makes only when it is asked for, such as WebSocket: Node's
// own fetch, with HTTP/2 and TLS. They are 13 MiB of memory and 50 ms of each start, and nothing here uses them.

/** Node's HTTP/1.1. */
export const { createServer, IncomingMessage, ServerResponse } = process.getBuiltinModule('node:http');

/** Node's client for an address. The one for `https:` is loaded by who first asks for it. */
export function clientFor(url: string): Pick<typeof import('node:http'), 'Agent' | 'request'> {
  return process.getBuiltinModule(url.startsWith('https:') ? 'node:https' : 'node:http');
}
