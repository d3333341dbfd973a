import { randomUUID } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { expect } from 'vitest';
import { ERROR_CODES } from '../../../src/graphql/errors.ts';
import type { Snapshot } from '../../../src/snapshot/format.ts';
import { readCases } from '../../contract/case.ts';
import { replay, startingNames } from '../../contract/replay.ts';
import type { WireRequest } from '../../contract/wire.ts';
import { send } from '../../contract/wire.ts';
import { found, fixture } from '../../support/fixture.ts';
import type { World } from '../../support/world.ts';
import { openWorld } from '../../support/world.ts';

/** The workspace of the tokens in the random requests. */
export const OWN = 2;

/** A prefix of all names in other workspaces. No request contains it. */
const OTHERS = 'Qxzwvk';

/**
 * Text that shows the server's internals: stack traces, SQL, files, and names of exceptions. The pattern excludes
 * `{cursor:e,node:t}`, because the console's program contains objects with a `node` field.
 */
const INSIDES =
  /\bat (?:async )?[\w.<>]+ \(|\.[cm]?[jt]s:\d+|(?<![{,])\bnode:\w+|\/src\/|node_modules|\b(?:select|from|into|update|join) \\?"[a-z_]+\\?"|sqlite|kysely|\.db\b|\/tmp\/|(?:Type|Range|Reference|Assertion)Error\b|\[object Object\]/i;

/** The GraphQL error codes that ask the client to try again later. Any other 5xx is a server fault. */
const UNAVAILABLE = new Set(
  Object.entries(ERROR_CODES).flatMap(([code, { status }]) => (status === 503 ? [code] : [])),
);

/** A response, received by any of the clients. */
export interface Received {
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
}

/**
 * A server whose database contains, outside the workspace OWN, only names that begin with OTHERS. Wrong tokens are not limited,
 * because many random requests have one.
 */
export async function openFuzzedWorld(): Promise<World> {
  return openWorld({ authFailureLimit: null }, marked(fixture));
}

function marked(snapshot: Snapshot): Snapshot {
  const name = (id: number) => `${OTHERS} ${id}`;
  return {
    ...snapshot,
    workspaces: snapshot.workspaces.map((row) => (row.id === OWN ? row : { ...row, name: name(row.id) })),
    groups: snapshot.groups.map((row) => (row.workspace_id === OWN ? row : { ...row, name: name(row.id) })),
    campaigns: snapshot.campaigns.map((row) => (row.workspace_id === OWN ? row : { ...row, name: name(row.id) })),
  };
}

/** Sends a request. Rejects if the server does not answer within ten seconds. */
export async function ask(base: string, request: WireRequest): Promise<Received> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('it was not answered within ten seconds')), 10_000);
  try {
    const { status, headers, body } = await Promise.race([send(base, request), promise]);
    const text = decoded(body, headers.get('content-encoding')).toString('utf8');
    return { status, type: headers.get('content-type'), text };
  } finally {
    clearTimeout(timer);
  }
}

function decoded(body: Buffer, encoding: string | undefined): Buffer {
  // The response to HEAD has no body.
  if (body.length === 0) return body;
  switch (encoding) {
    case undefined:
    case 'identity':
      return body;
    case 'gzip':
      return gunzipSync(body);
    case 'br':
      return brotliDecompressSync(body);
    default:
      throw new Error(`nobody asked for the encoding "${encoding}"`);
  }
}

/** Fails if a response is a server fault, shows the server's internals, or contains data of another workspace. */
export function expectHarmless({ status, text }: Received): void {
  expect(text).not.toMatch(INSIDES);
  expect(text.toLowerCase()).not.toContain(OTHERS.toLowerCase());
  if (status !== 503) expect(status).toBeLessThan(500);
}

/** Fails if a GraphQL response is harmful, is not JSON, or has an error code that is not in the catalogue. */
export function expectGraphQL(received: Received): void {
  expectHarmless(received);
  expect(received.type).toMatch(/^application\/(?:graphql-response\+)?json; charset=utf-8$/);
  const { errors = [] } = JSON.parse(received.text) as { errors?: { extensions?: { code?: string } }[] };
  const codes = errors.map(({ extensions }) => extensions?.code ?? 'none');
  for (const code of codes) expect(Object.keys(ERROR_CODES)).toContain(code);
  expect(codes).not.toContain('INTERNAL_SERVER_ERROR' satisfies keyof typeof ERROR_CODES);
  if (received.status === 503) expect(codes.some((code) => UNAVAILABLE.has(code))).toBe(true);
}

/** Fails if a REST response is harmful, or is neither JSON nor empty. */
export function expectRest(received: Received): void {
  expectHarmless(received);
  if (received.text === '') return;
  expect(received.type).toBe('application/json');
  JSON.parse(received.text);
}

/** The rows of other workspaces, for a later comparison. */
export function rowsOfOthers({ file }: World): unknown {
  return readFile(file, (sqlite) =>
    ['campaigns', 'groups'].map((table) =>
      sqlite.prepare(`select * from "${table}" where workspace_id <> ${OWN} order by id`).all(),
    ),
  );
}

/**
 * Fails if the server is not ready, has logged an error or does not work correctly, if rows of other workspaces have changed, or if
 * the database file is damaged.
 */
export async function expectSound(world: World, othersBefore: unknown): Promise<void> {
  expect((await fetch(`${world.url}/readyz`)).status).toBe(200);
  // pino's level 50 is an error.
  expect(world.log.filter((line) => line.includes('"level":50'))).toEqual([]);
  const [group, name] = [randomUUID(), randomUUID()];
  expect((await world.rest.ask('/groups.json', { body: { name: group } })).status).toBe(201);
  const created = await world.rest.ask('/campaigns.json', { body: { name, group } });
  expect([created.status, created.json]).toMatchObject([201, { name, group: { name: group } }]);
  // These cases use none of the objects that random requests may have changed.
  for (const one of found(readCases(), ({ area }) => area === '50-methods').cases) {
    await replay(one, world.url, startingNames(world.url), () => {});
  }
  expect(rowsOfOthers(world)).toEqual(othersBefore);
  const problems = readFile(world.file, (sqlite) => [
    sqlite.pragma('integrity_check'),
    sqlite.pragma('foreign_key_check'),
  ]);
  expect(problems).toEqual([[{ integrity_check: 'ok' }], []]);
}

function readFile<Result>(file: string, read: (sqlite: Sqlite.Database) => Result): Result {
  const sqlite = new Sqlite(file, { readonly: true });
  try {
    return read(sqlite);
  } finally {
    sqlite.close();
  }
}
