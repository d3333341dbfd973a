// The floor that the server is measured against: node:http, prepared statements and JSON.stringify, with nothing between
// them: no GraphQL, authentication, limits, checks, changes, logs or metrics. The text of a query is the key of its handler.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import Sqlite from 'better-sqlite3';
import { CREATE, NEXT_PAGE, ONE, PAGE_OF_250, PAGE_OF_50 } from './workloads.ts';

interface Row {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly is_archived: number;
  readonly created_on: number;
  readonly group_uuid: string;
  readonly group_name: string;
}

type Variables = Readonly<Record<string, string>> & { readonly i?: { name: string; group: { uuid: string } } };

const [, , file = '', port = ''] = process.argv;
const db = new Sqlite(file);
for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'cache_size = -65536']) {
  db.pragma(pragma);
}
const pageSql = (where: string) => `
  select c.id, c.uuid, c.name, c.is_archived, c.created_on, g.uuid as group_uuid, g.name as group_name
  from campaigns c join groups g on g.workspace_id = c.workspace_id and g.id = c.group_id
  where c.workspace_id = 1 and c.is_archived = 0 and c.is_active = 1 ${where}
  order by c.created_on desc, c.id desc limit ?`;
const first = db.prepare<unknown[], Row>(pageSql(''));
const next = db.prepare<unknown[], Row>(pageSql('and (c.created_on, c.id) < (?, ?)'));
const one = db.prepare<unknown[], Row>(
  `select c.uuid, c.name, g.name as group_name from campaigns c join groups g on g.id = c.group_id
   where c.workspace_id = 1 and c.uuid = ?`,
);
const group = db.prepare<unknown[], { id: number; name: string }>('select id, name from groups where uuid = ?');
const insert = db.prepare(`
  insert into campaigns
    (workspace_id, group_id, uuid, name, name_key, search_key, is_archived, is_active, created_on, modified_on)
  values (1, ?, ?, ?, ?, ?, 0, 1, ?, ?)`);

const encodeCursor = ({ created_on: time, id }: Row) => Buffer.from(`${time}:${id}`).toString('base64url');
const shownTime = (micros: number) => new Date(micros / 1000).toISOString();

function rowsAfter(count: number, after?: string): { rows: Row[]; more: boolean } {
  const place = after === undefined ? null : Buffer.from(after, 'base64url').toString().split(':').map(Number);
  const rows = place ? next.all(...place, count + 1) : first.all(count + 1);
  const more = rows.length > count;
  if (more) rows.pop();
  return { rows, more };
}

function page(count: number, after?: string): unknown {
  const { rows, more } = rowsAfter(count, after);
  const edges = rows.map((row) => ({
    cursor: encodeCursor(row),
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

function list(): unknown {
  const { rows, more } = rowsAfter(250);
  const last = rows.at(-1);
  return {
    next: more && last ? `http://127.0.0.1:${port}/api/v2/campaigns.json?cursor=${encodeCursor(last)}` : null,
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

const HANDLERS: Readonly<Record<string, (variables: Variables) => unknown>> = {
  [PAGE_OF_50]: () => page(50),
  [PAGE_OF_250]: () => page(250),
  [NEXT_PAGE]: ({ after }) => page(50, after),
  [ONE]({ u }) {
    const row = one.get(u);
    return { data: { campaign: row ? { uuid: row.uuid, name: row.name, group: { name: row.group_name } } : null } };
  },
  [CREATE]({ i: input = { name: '', group: { uuid: '' } } }) {
    const found = group.get(input.group.uuid);
    const uuid = randomUUID();
    const now = Date.now() * 1000;
    const key = input.name.toLowerCase();
    insert.run(found?.id, uuid, input.name, key, key, now, now);
    const shown = { uuid, name: input.name, archived: false, createdOn: shownTime(now) };
    return { data: { createCampaign: { campaign: { ...shown, group: { ...input.group, name: found?.name } } } } };
  },
};

function send(response: ServerResponse, body: unknown): void {
  const json = JSON.stringify(body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) });
  response.end(json);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') return send(response, list());
  const { query, variables = {} } = JSON.parse(await text(request)) as { query: string; variables?: Variables };
  send(response, HANDLERS[query]?.(variables));
}

createServer((request, response) => void answer(request, response)).listen(Number(port), '127.0.0.1');
