import { once } from 'node:events';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { createServer, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterwards } from '../../support/afterwards.ts';
import { fixture, found } from '../../support/fixture.ts';
import type { World } from '../../support/world.ts';
import { openWorld } from '../../support/world.ts';

/** A request that a live account has received. */
export interface Asked {
  readonly method: string;
  /** The path with the query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

/**
 * What happens to a request in place of the usual answer. `before`: before the account has carried it out; `after`: after that.
 */
export type Fault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: OutgoingHttpHeaders;
      readonly body?: object;
      readonly when?: 'before' | 'after';
    }
  | { readonly kind: 'cut' | 'silence'; readonly when: 'before' | 'after' }
  /** The connection is cut when half of the answer has been sent. */
  | { readonly kind: 'cut within' }
  /** The answer comes when the promise has resolved. The account has carried out the request by then. */
  | { readonly kind: 'late'; readonly until: () => Promise<unknown> }
  /** An answer that is sent part by part, as the parts are given. */
  | { readonly kind: 'parts'; readonly parts: AsyncIterable<string> };

/**
 * A live account: a gateway with the contract's fixture, behind a server that adds the other endpoints of API v2. Each request can be
 * answered with a fault.
 */
export interface LiveAccount {
  /** Its address, without a slash at the end. */
  readonly url: string;
  /** A gateway with the account's data, for its own users. */
  readonly world: World;
  /** All requests that it has received, in order. */
  readonly asked: readonly Asked[];
  /** Called for each request, and replaced by tests. undefined: the request is answered as usual. */
  fault: (asked: Asked) => Fault | undefined;
  /** Calls the function when the connection of the last request is closed. */
  closed(listener: () => void): void;
  /** Refuses connections, like a server that is down. */
  leave(): Promise<void>;
  /** Accepts them again, at the same address. */
  comeBack(): Promise<void>;
}

/** Starts a live account. It is stopped after the tests of the file. */
export async function openLiveAccount(): Promise<LiveAccount> {
  const world = await openWorld();
  const asked: Asked[] = [];
  let last: ServerResponse | undefined;
  const server = createServer((request, response) => {
    last = response;
    // The tests check the outcome of a request at the other side.
    answer(account, world, asked, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const account: LiveAccount = {
    url: `http://127.0.0.1:${port}`,
    world,
    asked,
    fault: () => undefined,
    closed: (listener) => void last?.once('close', listener),
    async leave() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
    async comeBack() {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
  afterwards(() => {
    server.close();
    server.closeAllConnections();
  });
  return account;
}

async function answer(
  account: LiveAccount,
  world: World,
  log: Asked[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url: path = '/', headers } = request;
  const asked = { method, path, headers };
  log.push(asked);
  const fault = account.fault(asked);
  if (fault && 'when' in fault && fault.when !== 'after') {
    request.resume();
    return give(fault, response);
  }
  if (fault?.kind === 'answer' && fault.when === undefined) return give(fault, response);
  if (fault?.kind === 'parts') {
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.flushHeaders();
    for await (const part of fault.parts) response.write(part);
    response.end();
    return;
  }
  const endpoint = OTHERS[path.replace(/\?.*$/s, '')] ?? toWorld;
  const reply = await endpoint(world, request);
  if (fault?.kind === 'late') await fault.until();
  if (fault?.kind === 'cut within') {
    response.writeHead(reply.status, reply.headers);
    response.write(reply.body.subarray(0, reply.body.length / 2), () => response.destroy());
    return;
  }
  if (fault && fault.kind !== 'late') return give(fault, response);
  response.writeHead(reply.status, reply.headers);
  response.end(reply.body);
}

function give(fault: Fault, response: ServerResponse): void {
  if (fault.kind === 'cut') response.destroy();
  if (fault.kind !== 'answer') return;
  const body = JSON.stringify(fault.body ?? { detail: 'a fault' });
  response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end(body);
}

interface Whole {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

type Endpoint = (world: World, request: IncomingMessage) => Promise<Whole>;

/** Lets the gateway that stands for the account answer. The gateway uses the Host header in its links, as accounts do. */
async function toWorld(world: World, request: IncomingMessage): Promise<Whole> {
  const { hostname, port } = new URL(world.url);
  const outgoing = sendRequest({
    hostname,
    port,
    method: request.method,
    path: request.url,
    headers: request.headers,
    agent: false,
  });
  request.pipe(outgoing);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const body = Buffer.concat(await Array.fromAsync(incoming));
  const { 'transfer-encoding': _chunked, connection: _connection, ...headers } = incoming.headers;
  return { status: incoming.statusCode ?? 0, headers: { ...headers, 'content-length': body.length }, body };
}

const json = (status: number, value: unknown, headers: OutgoingHttpHeaders = {}): Whole => {
  const body = Buffer.from(JSON.stringify(value));
  return { status, headers: { 'content-type': 'application/json', 'content-length': body.length, ...headers }, body };
};

/** The endpoints of API v2 other than campaigns and groups. */
const OTHERS: Readonly<Record<string, Endpoint>> = {
  /** `workspace.json`: any valid token may read it. */
  '/api/v2/workspace.json': async (world, request) => {
    const { authorization } = request.headers;
    const known = await fetch(`${world.url}/api/v2/`, {
      headers: { accept: 'application/json', ...(authorization !== undefined && { authorization }) },
    });
    const uuid = known.headers.get('x-temba-workspace');
    if (!known.ok) return json(known.status, await known.json());
    if (uuid === null) return json(403, { detail: 'Authentication credentials were not provided.' });
    const { name } = found(fixture.workspaces, (workspace) => workspace.uuid === uuid);
    const rest = { country: 'RW', languages: ['eng'], timezone: 'Africa/Kigali', date_style: 'day_first', anon: false };
    return json(200, { uuid, name, ...rest }, { 'x-temba-workspace': uuid });
  },

  /** `definitions.json`: the campaigns that are not deleted, archived ones included. Deprecated, as on live accounts. */
  '/api/v2/definitions.json': async (world, request) => {
    const wanted = new URL(request.url ?? '', world.url).searchParams.getAll('campaign');
    const rows = await world.database.reader.db
      .selectFrom('campaigns')
      .select(['uuid', 'name'])
      .where('is_active', '=', 1)
      .where('uuid', 'in', ['', ...wanted])
      .execute();
    return json(200, { version: '13', site: world.url, flows: [], campaigns: rows, triggers: [] });
  },

  /** `contacts.json`: a page with links. It shows the headers of the request. */
  '/api/v2/contacts.json': async (_world, request) => {
    const base = `http://${request.headers.host}/api/v2/contacts.json`;
    const page = { next: `${base}?cursor=bmV4dA%3D%3D&group=a`, previous: null, results: [{ asked: request.headers }] };
    return json(200, page, {
      etag: '"contacts"',
      'set-cookie': 'sessionid=1; Path=/',
      'access-control-allow-origin': '*',
      'content-security-policy': "default-src 'unsafe-inline'",
      'keep-alive': 'timeout=5',
      vary: 'Cookie',
    });
  },

  /** `media.json`: shows how many bytes it has received, and their media type. */
  '/api/v2/media.json': async (_world, request) => {
    const bytes = Buffer.concat(await Array.fromAsync(request)).length;
    return json(201, {
      bytes,
      type: request.headers['content-type'],
      length: request.headers['content-length'] ?? null,
    });
  },

  /** `boundaries.json`: a large answer that is not a page. */
  '/api/v2/boundaries.json': async () => json(200, { text: 'x'.repeat(3_000_000), next: 'no link' }),
};
