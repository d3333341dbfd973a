import { mkdtemp, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../../src/config.ts';
import { readConfig } from '../../../src/config.ts';
import { openDatabase } from '../../../src/database/open.ts';
import { createLog } from '../../../src/observe/log.ts';
import { startServer } from '../../../src/server.ts';
import type { Snapshot } from '../../../src/snapshot/format.ts';
import { parseSnapshot } from '../../../src/snapshot/format.ts';
import { loadSnapshot } from '../../../src/snapshot/load.ts';
import { FIXTURE_FILE } from '../../contract/case.ts';
import type { Reply } from '../../contract/wire.ts';
import { headerBytes, send } from '../../contract/wire.ts';

export const fixture: Snapshot = parseSnapshot(readFileSync(FIXTURE_FILE, 'utf8'));

/** The key of one of the fixture's tokens. */
export function key(name: string): string {
  const token = fixture.tokens.find((one) => one.name === name);
  if (!token?.key) throw new Error(`the fixture has no token ${name}`);
  return token.key;
}

export interface Ask {
  readonly method?: string;
  /** Whose token; none where it is null. */
  readonly as?: string | null;
  readonly headers?: Record<string, string>;
  /** An object is sent as JSON, text and bytes as they are. */
  readonly body?: object | string | Buffer;
}

export interface Served {
  readonly base: string;
  /** Asks for a path below `/api/v2`, as `editor2` unless it is said otherwise. */
  readonly ask: (path: string, ask?: Ask) => Promise<Reply & { readonly json: unknown }>;
  /** The data of a GraphQL operation. */
  readonly graphql: (as: string, query: string, variables?: object) => Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** Serves a snapshot from a database of its own. */
export async function serve(settings: Partial<Config> = {}, snapshot = fixture): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'campaigns-'));
  const address = { engine: 'sqlite', file: join(folder, 'campaigns.db') } as const;
  const database = openDatabase(address);
  await database.migrate();
  await loadSnapshot(database, snapshot);
  const server = await startServer(
    {
      ...readConfig({}),
      host: '127.0.0.1',
      port: 0,
      database: address,
      rateLimit: null,
      logLevel: 'silent',
      ...settings,
    },
    database,
    createLog('silent'),
  );
  const base = `http://127.0.0.1:${server.port}`;

  const ask: Served['ask'] = async (path, { method, as = 'editor2', headers = {}, body } = {}) => {
    const isJson = typeof body === 'object' && !Buffer.isBuffer(body);
    const bytes = body === undefined ? undefined : Buffer.isBuffer(body) ? body : Buffer.from(textOf(body));
    const sent = {
      ...(as !== null && { Authorization: `Token ${key(as)}` }),
      ...(isJson && { 'Content-Type': 'application/json' }),
      ...(bytes && !('Transfer-Encoding' in headers) && { 'Content-Length': String(bytes.length) }),
      ...headers,
    };
    const reply = await send(base, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      path: `/api/v2${path}`,
      headers: Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, headerBytes(value)])),
      body: bytes,
    });
    const text = reply.body.toString('utf8');
    return {
      ...reply,
      json: reply.headers.get('content-type') === 'application/json' && text ? JSON.parse(text) : undefined,
    };
  };

  return {
    base,
    ask,
    async graphql(as, query, variables = {}) {
      const response = await fetch(`${base}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key(as)}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const result = (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
      if (result.errors) throw new Error(JSON.stringify(result.errors));
      return result.data;
    },
    async close() {
      await server.stop();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function textOf(body: object | string): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
