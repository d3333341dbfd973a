import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterwards } from '../../support/afterwards.ts';

const PAGE = 250;

interface SimulatedCampaign {
  readonly uuid: string;
  name: string;
  readonly group: { readonly uuid: string; readonly name: string };
  readonly created_on: string;
  archived: boolean;
}

/**
 * An account of any size, in memory. It has only what a follower uses. Its lists have the cursors of a live account (a time of creation
 * in base64), because the number of requests depends on how sweeps continue.
 */
export interface SimulatedAccount {
  readonly url: string;
  /** Newest first. */
  readonly campaigns: SimulatedCampaign[];
  /** How many requests it has received. */
  requests(): number;
}

export async function simulateAccount(campaigns: number, groups: number): Promise<SimulatedAccount> {
  const uuid = (kind: number, n: number) =>
    `${kind.toString(16).padStart(8, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
  const groupRows = Array.from({ length: groups }, (_, n) => ({
    uuid: uuid(1, groups - n),
    name: `Group ${groups - n}`,
    query: null,
    status: 'ready',
    system: false,
    count: 7,
  }));
  const rows = Array.from({ length: campaigns }, (_, n): SimulatedCampaign => {
    const { uuid: group = '', name = '' } = groupRows[n % groups] ?? {};
    return {
      uuid: uuid(2, campaigns - n),
      name: `Campaign ${campaigns - n}`,
      group: { uuid: group, name },
      created_on: new Date(Date.UTC(2026, 0, 1) - n * 60_000).toISOString(),
      archived: false,
    };
  });
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const address = new URL(request.url ?? '/', 'http://account');
    const list = address.pathname.split('/').at(-1);
    const answer = (body: object, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const page = (of: readonly object[], keyOf: (place: number) => string) => {
      const cursor = address.searchParams.get('cursor');
      const position = cursor === null ? null : new URLSearchParams(Buffer.from(cursor, 'base64').toString()).get('p');
      const start = position === null ? 0 : of.findIndex((_row, place) => keyOf(place) < position);
      const end = start + PAGE;
      const next = Buffer.from(new URLSearchParams({ p: keyOf(end - 1) }).toString()).toString('base64');
      const link = `${address.origin}${address.pathname}?cursor=${encodeURIComponent(next)}`;
      answer({ next: end < of.length ? link : null, previous: null, results: of.slice(start, end) });
    };
    const asked = address.searchParams.get('uuid');
    if (list === 'workspace.json') answer({ uuid: uuid(3, campaigns), name: `An account with ${campaigns} campaigns` });
    else if (list === 'groups.json') page(groupRows, (place) => String(groups - place).padStart(9, '0'));
    else if (list === 'campaigns.json') {
      const listed = rows.filter((row) => !row.archived && (asked === null || row.uuid === asked));
      page(listed, (place) => listed[place]?.created_on ?? '');
    } else if (list === 'definitions.json') {
      const wanted = new Set(address.searchParams.getAll('campaign'));
      answer({ campaigns: rows.filter((row) => wanted.has(row.uuid)) });
    } else answer({ detail: 'Not found.' }, 404);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterwards(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, campaigns: rows, requests: () => requests };
}
