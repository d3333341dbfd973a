import { once } from 'node:events';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/database/open.ts';
import { loadSnapshot } from '../../src/snapshot/load.ts';
import { afterwards } from '../support/afterwards.ts';
import { clientFor } from '../support/client.ts';
import { fixture, tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { inFile, serve } from '../support/program.ts';
import { RestClient } from '../support/rest-client.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The parts of a span in OTLP's JSON that this test uses. */
interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

interface Export {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
}

const folder = temporaryFolder();
const spans: Span[] = [];

/** Receives the spans that the SDK exports. */
async function collect(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { resourceSpans } = (await json(request)) as Export;
  for (const { scopeSpans } of resourceSpans) for (const one of scopeSpans) spans.push(...one.spans);
  response.setHeader('content-type', 'application/json').end('{}');
}

const collector = createServer((request, response) => void collect(request, response));
await once(collector.listen(0, '127.0.0.1'), 'listening');
afterwards(() => collector.close());

const settings = inFile(join(folder, 'campaigns.db'));
const database = await openDatabase({ engine: 'sqlite', file: join(folder, 'campaigns.db') });
await database.migrate();
await loadSnapshot(database, fixture);
await database.close();

/** Starts the server with the script from docs/observability.md, in a folder in which the script finds its packages. */
const server = await startTraced();
const graphql = clientFor(server.url, 'editor2');
const rest = new RestClient(server.url);

async function startTraced() {
  const docs = readFileSync(join(ROOT, 'docs/observability.md'), 'utf8');
  const [, script = ''] = /```js\n\/\/ otel\.mjs\n([^`]+)```/.exec(docs) ?? [];
  writeFileSync(join(folder, 'otel.mjs'), script);
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const { port } = collector.address() as { port: number };
  return serve(
    {
      ...settings,
      NODE_OPTIONS: `--import ${join(folder, 'otel.mjs')}`,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '50',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
    },
    [],
    [process.execPath, 'src/main.ts', 'serve'],
  );
}

/**
 * The spans of the trace that a request continues. Each is given by the names on the path to it, such as `POST > query > identity`.
 */
async function traceOf(ask: (traceparent: string) => Promise<{ readonly status: number }>): Promise<string[]> {
  const traceId = crypto.randomUUID().replaceAll('-', '');
  await ask(`00-${traceId}-00f067aa0ba902b7-01`);
  const end = performance.now() + 10_000;
  // Wait for the HTTP span, because it ends last.
  const own = () => spans.filter((span) => span.traceId === traceId);
  while (!own().some((span) => span.parentSpanId === '00f067aa0ba902b7') && performance.now() < end) await wait(20);
  const byId = new Map(own().map((span) => [span.spanId, span]));
  const path = (span: Span): string => {
    const parent = byId.get(span.parentSpanId ?? '');
    return parent ? `${path(parent)} > ${span.name}` : span.name;
  };
  return own().map(path);
}

function attribute(span: Span | undefined, key: string): string | undefined {
  return span?.attributes.find((one) => one.key === key)?.value.stringValue;
}

const ask = (query: string, variables: object, headers: Record<string, string>) =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenKey('editor2')}`, ...headers },
    body: JSON.stringify({ query, variables }),
  });

describe('with the file of the documentation, a trace', () => {
  it('joins HTTP, GraphQL and SQL', async () => {
    const query = 'query Newest { campaigns(first: 2) { nodes { name group { name } } } }';
    const paths = await traceOf((traceparent) => ask(query, {}, { traceparent }));
    expect(paths).toContain('POST > identity');
    expect(paths).toContain('POST > query');
    expect(paths.filter((path) => path.startsWith('POST > query > ')).length).toBeGreaterThan(0);
  });

  it('joins them as well when the plan of the query is known', async () => {
    const query = 'query Known { campaigns(first: 2) { nodes { name } } }';
    await graphql.ask(query);
    await graphql.ask(query);
    const paths = await traceOf((traceparent) => ask(query, {}, { traceparent }));
    expect(paths.filter((path) => path.startsWith('POST > query > ')).length).toBeGreaterThan(0);
  });

  it('joins them for REST', async () => {
    const paths = await traceOf((traceparent) => rest.ask('/campaigns.json', { headers: { traceparent } }));
    expect(paths).toContain('GET > query');
    expect(paths.filter((path) => path.startsWith('GET > query > ')).length).toBeGreaterThan(0);
  });

  it('has each write within its own request, though writes share a transaction', async () => {
    const write = (name: string) =>
      traceOf((traceparent) => rest.ask('/groups.json', { body: { name }, headers: { traceparent } }));
    const traces = await Promise.all(['One', 'Two', 'Three', 'Four'].map(write));
    for (const paths of traces) {
      expect(paths.filter((path) => path === 'POST > mutation > write')).toHaveLength(1);
      expect(paths).toContain('POST > mutation > write > insert');
      expect(paths.filter((path) => path.endsWith(' > insert'))).toHaveLength(1);
    }
  });

  it('has the statements that are built anew as well', async () => {
    const made = await rest.ask('/groups.json', { body: { name: 'Traced' } });
    const { uuid } = made.json as { uuid: string };
    const body = { name: 'Traced again' };
    const paths = await traceOf((traceparent) =>
      rest.ask(`/groups.json?uuid=${uuid}`, { body, headers: { traceparent } }),
    );
    expect(paths).toContain('POST > mutation > write > update');
  });

  it('names operations and statements, and shows no value', async () => {
    const query = 'query Secret($name: String!) { group(by: { name: $name }) { id } }';
    await traceOf((traceparent) => ask(query, { name: 'Hushed' }, { traceparent }));
    const span = spans.find((one) => attribute(one, 'graphql.operation.name') === 'Secret');
    expect(span?.name).toBe('query');
    const statement = spans.find((one) => one.name === 'identity');
    expect(attribute(statement, 'db.system.name')).toBe('sqlite');
    expect(attribute(statement, 'db.query.text')).toMatch(/^select .*"key_hash" = \+\?/);
    const shown = JSON.stringify(spans).toLowerCase();
    expect(shown).not.toContain('hushed');
    expect(shown).not.toContain(tokenKey('editor2').toLowerCase());
  });

  it('says why an operation failed', async () => {
    await traceOf((traceparent) => ask('query Wrong { campaigns(after: "x") { totalCount } }', {}, { traceparent }));
    const span = spans.find((one) => attribute(one, 'graphql.operation.name') === 'Wrong');
    expect(attribute(span, 'error.type')).toBe('INVALID_CURSOR');
  });
});
