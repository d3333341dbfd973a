// The floor server, which the other servers are compared with: only node:http, prepared statements and JSON.stringify. It has no
// GraphQL, authentication, limits, checks, changes, logs or metrics. The text of a query selects its handler.
// Its arguments are the database (a file or postgres://…) and a port.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { CREATE, NEXT_PAGE, ONE, PAGE_OF_250, PAGE_OF_50 } from '../workloads.ts';
import { cursorOf, placeOf, shownTime } from './cursor.ts';
import { postgresStore } from './postgres.ts';
import { sqliteStore } from './sqlite.ts';
import type { Row } from './store.ts';

type Variables = Readonly<Record<string, string>> & { readonly i?: { name: string; group: { uuid: string } } };

const [, , place = '', port = ''] = process.argv;
const store = place.startsWith('postgres:') ? postgresStore(place) : sqliteStore(place);

async function rowsAfter(count: number, after?: string | null): Promise<{ rows: Row[]; more: boolean }> {
  const rows = await store.rows(count + 1, after ? placeOf(after) : null);
  const more = rows.length > count;
  if (more) rows.pop();
  return { rows, more };
}

async function page(count: number, after?: string | null): Promise<unknown> {
  const { rows, more } = await rowsAfter(count, after);
  const edges = rows.map((row) => ({
    cursor: cursorOf(row),
    node: {
      uuid: row.uuid,
      name: row.name,
      archived: row.is_archived === 1,
      createdOn: shownTime(row.created_on),
      group: { uuid: row.group_uuid, name: row.group_name },
    },
  }));
  return { data: { campaigns: { edges, pageInfo: { hasNextPage: more, endCursor: edges.at(-1)?.cursor ?? null } } } };
}

async function list(): Promise<unknown> {
  const { rows, more } = await rowsAfter(250);
  const last = rows.at(-1);
  return {
    next: more && last ? `http://127.0.0.1:${port}/api/v2/campaigns.json?cursor=${cursorOf(last)}` : null,
    previous: null,
    results: rows.map((row) => ({
      uuid: row.uuid,
      name: row.name,
      archived: row.is_archived === 1,
      group: { uuid: row.group_uuid, name: row.group_name },
      created_on: shownTime(row.created_on),
    })),
  };
}

const HANDLERS: Readonly<Record<string, (variables: Variables) => Promise<unknown>>> = {
  [PAGE_OF_50]: () => page(50),
  [PAGE_OF_250]: () => page(250),
  [NEXT_PAGE]: ({ after }) => page(50, after),
  async [ONE]({ u = '' }) {
    const row = await store.one(u);
    return { data: { campaign: row ? { uuid: row.uuid, name: row.name, group: { name: row.group_name } } : null } };
  },
  async [CREATE]({ i: { name, group } = { name: '', group: { uuid: '' } } }) {
    const uuid = randomUUID();
    const now = Date.now() * 1000;
    const groupName = await store.create({ uuid, name, key: name.toLowerCase(), group: group.uuid, now });
    const shown = { uuid, name, archived: false, createdOn: shownTime(now) };
    return { data: { createCampaign: { campaign: { ...shown, group: { ...group, name: groupName } } } } };
  },
};

function send(response: ServerResponse, body: unknown): void {
  const json = JSON.stringify(body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) });
  response.end(json);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') return send(response, await list());
  const { query, variables = {} } = JSON.parse(await text(request)) as { query: string; variables?: Variables };
  send(response, await HANDLERS[query]?.(variables));
}

createServer((request, response) => void answer(request, response)).listen(Number(port), '127.0.0.1');
