import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ApolloClient } from '@apollo/client';
import { gql } from '@apollo/client';
import type { Client as UrqlClient } from '@urql/core';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { ERROR_CODES } from '../../src/graphql/errors.ts';
import type { Client } from '../support/client.ts';
import { clientFor } from '../support/client.ts';
import { putFixture } from '../support/engine.ts';
import { tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { freePort } from '../support/free-port.ts';
import type { Serving } from '../support/program.ts';
import { campaigns, inFile, serve } from '../support/program.ts';
import { block, createProject } from './support/guide.ts';

interface Batch {
  readonly cursor: string;
  readonly changes: readonly { readonly subject: { readonly name: string } | null }[];
}

type OnBatch = (batch: Batch) => void;
type OnError = (error: Error) => void;

/** Follows the changes with a client of the guide. */
type Follow = (onBatch: OnBatch, onError: OnError) => void;

/** The part of Relay's network that its environment calls. */
interface RelayNetwork {
  execute(
    request: object,
    variables: object,
    config: object,
  ): {
    subscribe(observer: {
      next(result: { data?: { changes: Batch }; errors?: readonly { message: string }[] }): void;
      error(error: Error): void;
    }): void;
  };
}

/** The modules of the guide. */
interface Modules {
  'apollo/live': { follow: Follow };
  'apollo/client': { client: ApolloClient };
  'urql/live': { follow: Follow };
  'urql/client': { client: UrqlClient };
  'sse/live-graphql-sse': { follow(token: string, onBatch: OnBatch, onError: OnError): void };
  'sse/live-relay': { createNetwork(token: string): RelayNetwork };
  'sse/changes': {
    CHANGES: string;
    isTemporary(errors: readonly { readonly extensions?: { readonly code?: unknown } }[]): boolean;
  };
}

type Load = <Name extends keyof Modules>(name: Name) => Promise<Modules[Name]>;

/** Writes the guide's code blocks to modules, in a folder for each kind of client. */
async function writeRecipes(base: string, token: string): Promise<Load> {
  const withToken = (name: string) => block(name).replace('import.meta.env.VITE_TOKEN', `'${token}'`);
  const folder = await createProject('live', base, {
    ...Object.fromEntries(['apollo', 'urql', 'sse'].map((kind) => [`${kind}/changes.ts`, block('ts changes')])),
    'apollo/client.ts': withToken('ts client-apollo'),
    'apollo/live.ts': block('ts live-apollo'),
    'urql/client.ts': withToken('ts client-urql-live'),
    'urql/live.ts': block('ts live-urql'),
    'sse/sse-client.ts': block('ts sse-client'),
    'sse/live-graphql-sse.ts': block('ts live-graphql-sse'),
    'sse/live-relay.ts': block('ts live-relay'),
  });
  return (name) => import(pathToFileURL(join(folder, `${name}.ts`)).href) as never;
}

const NAMES = ['apollo', 'urql', 'graphql-sse', 'relay'];

/** Subscribes with Relay's network as Relay's environment does, which reports a result that has errors as an error. */
function followWithRelay(network: RelayNetwork, text: string, variables: object, onBatch: OnBatch, onError: OnError) {
  const request = { text, name: 'Changes', id: null, operationKind: 'subscription', metadata: {} };
  network.execute(request, variables, {}).subscribe({
    next: ({ data, errors }) => (data ? onBatch(data.changes) : onError(new Error(errors?.[0]?.message))),
    error: onError,
  });
}

/** Follows the changes with each client of the guide. Returns what each has received, which grows. */
async function followWithEach(load: Load, token: string) {
  const { follow: withSse } = await load('sse/live-graphql-sse');
  const { createNetwork } = await load('sse/live-relay');
  const { CHANGES } = await load('sse/changes');
  const follow: Follow[] = [
    (await load('apollo/live')).follow,
    (await load('urql/live')).follow,
    (...on) => withSse(token, ...on),
    (...on) => followWithRelay(createNetwork(token), CHANGES, {}, ...on),
  ];
  return NAMES.map((name, index) => {
    const one = { name, cursors: [] as string[], names: [] as (string | undefined)[], errors: [] as string[] };
    follow[index]?.(
      ({ changes, cursor }) => {
        one.cursors.push(cursor);
        one.names.push(...changes.map(({ subject }) => subject?.name));
      },
      ({ message }) => one.errors.push(message),
    );
    return one;
  });
}

async function startServer(settings: Record<string, string> = {}) {
  const file = join(temporaryFolder(), 'campaigns.db');
  await putFixture(file);
  const all = { ...inFile(file), RATE_LIMIT: 'off', ...settings };
  const server = await serve(all);
  return {
    server,
    settings: all,
    /** Revokes a token, which ends the streams that it has opened. The guide's clients then stop. */
    revoke: async (token: string) => {
      expect((await campaigns(['token', 'revoke', token], all)).code).toBe(0);
    },
  };
}

async function createGroup(client: Client, name: string): Promise<{ id: string; uuid: string }> {
  const { createGroup } = await client.data<{ createGroup: { group: { id: string; uuid: string } } }>(
    'mutation ($name: String!) { createGroup(input: { name: $name }) { group { id uuid } } }',
    { name },
  );
  return createGroup.group;
}

it('every client that follows the guide sees each change once, also those from while it was cut off', async () => {
  const { server, settings, revoke } = await startServer({ PORT: String(await freePort()) });
  const elsewhere = await serve({ ...settings, PORT: '0' });
  const client = clientFor(elsewhere.url, 'admin2');

  const token = tokenKey('admin2');
  const load = await writeRecipes(server.url, token);
  const seen = await followWithEach(load, token);
  const all = (names: string[]) => NAMES.map((name) => ({ name, names, errors: [] }));
  const now = () => seen.map(({ name, names, errors }) => ({ name, names, errors }));
  await expect.poll(() => seen.every(({ cursors }) => cursors.length > 0)).toBe(true);
  const [start = ''] = seen.flatMap(({ cursors }) => cursors);

  await createGroup(client, 'First');
  await expect.poll(now).toEqual(all(['First']));

  // A second subscription of the same network begins at its own position.
  const again: (string | undefined)[] = [];
  const network = (await load('sse/live-relay')).createNetwork(token);
  const { CHANGES } = await load('sse/changes');
  for (const variables of [{}, { after: start }]) {
    const onBatch: OnBatch = ({ changes }) => again.push(...changes.map(({ subject }) => subject?.name));
    followWithRelay(network, CHANGES, variables, onBatch, () => {});
  }
  await expect.poll(() => again).toEqual(['First']);

  expect(await server.stop()).toBe(0);
  await createGroup(client, 'While they were away');
  const restarted = await serve(settings);
  await expect.poll(now).toEqual(all(['First', 'While they were away']));

  await revoke(token);
  await expect.poll(() => seen.map(({ errors }) => errors.length)).toEqual([1, 1, 1, 1]);
  await Promise.all([restarted.stop(), elsewhere.stop()]);
});

const GROUP = 'query Group($id: ID!) { node(id: $id) { ... on Group { id name } } }';

interface Shown {
  node: { name: string } | null;
}

/** Shows a group's name as a page does, which reads it again when the cache has changed. */
type Watch = (load: Load, id: string, onName: (name: string | null) => void) => Promise<void>;

const watchWithApollo: Watch = async (load, id, onName) => {
  const { client } = await load('apollo/client');
  client.watchQuery<Shown>({ query: gql(GROUP), variables: { id } }).subscribe(({ data, dataState }) => {
    if (dataState === 'complete') onName(data.node?.name ?? null);
  });
};

const watchWithUrql: Watch = async (load, id, onName) => {
  const { client } = await load('urql/client');
  client.query<Shown>(GROUP, { id }).subscribe(({ data, stale }) => {
    if (data && !stale) onName(data.node?.name ?? null);
  });
};

describe('with a server that stays', () => {
  let server: Serving;
  let revoke: (token: string) => Promise<void>;
  beforeAll(async () => {
    ({ server, revoke } = await startServer());
    return async () => void (await server.stop());
  });

  it('every client that follows the guide reports a token that is refused, and does not come back', async () => {
    const token = 'NO-SUCH-TOKEN';
    const seen = await followWithEach(await writeRecipes(server.url, token), token);
    const refused = NAMES.map((name) => ({ name, errors: [expect.stringContaining('The API token is unknown')] }));
    await expect.poll(() => seen.map(({ name, errors }) => ({ name, errors }))).toEqual(refused);
  });

  it('every client that follows the guide waits and comes back when there are too many streams', async () => {
    const token = tokenKey('editor2');
    const others = new AbortController();
    // A token can have 100 streams.
    const open = () =>
      fetch(`${server.url}/graphql?query=subscription{changes{cursor}}`, {
        headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
        signal: others.signal,
      });
    const streams = await Promise.all(Array.from({ length: 100 }, open));
    expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));

    const seen = await followWithEach(await writeRecipes(server.url, token), token);
    const refusals = () => server.stdout().match(/TOO_MANY_STREAMS/g)?.length ?? 0;
    await expect.poll(refusals).toBeGreaterThanOrEqual(NAMES.length);
    expect(seen.flatMap(({ cursors }) => cursors)).toEqual([]);
    others.abort();
    const back = () => seen.map(({ name, cursors, errors }) => ({ name, isBack: cursors.length > 0, errors }));
    await expect.poll(back).toEqual(NAMES.map((name) => ({ name, isBack: true, errors: [] })));

    await revoke(token);
    await expect.poll(() => seen.map(({ errors }) => errors.length)).toEqual([1, 1, 1, 1]);
  });

  test.each([
    ['Apollo Client', 'apollo/live', 'admin3', 'editor3', watchWithApollo],
    ['urql', 'urql/live', 'admin', 'viewer', watchWithUrql],
  ] as const)(
    'the cache of %s takes over what is renamed and loses what is deleted',
    async (_client, live, writer, reader, watchWith) => {
      const client = clientFor(server.url, writer);
      const { id, uuid } = await createGroup(client, 'Before');
      const load = await writeRecipes(server.url, tokenKey(reader));
      const errors: string[] = [];
      let batches = 0;
      (await load(live)).follow(
        () => (batches += 1),
        ({ message }) => errors.push(message),
      );
      const names: (string | null)[] = [];
      await watchWith(load, id, (name) => name !== names.at(-1) && names.push(name));
      await expect.poll(() => ({ batches, names })).toEqual({ batches: 1, names: ['Before'] });

      await client.data(
        'mutation ($uuid: UUID!) { updateGroup(input: { uuid: $uuid, name: "After" }) { group { id } } }',
        { uuid },
      );
      await expect.poll(() => names).toEqual(['Before', 'After']);
      await client.data('mutation ($uuid: UUID!) { deleteGroup(input: { uuid: $uuid }) { deletedGroupId } }', { uuid });
      await expect.poll(() => names).toEqual(['Before', 'After', null]);

      expect(errors).toEqual([]);
      await revoke(tokenKey(reader));
      await expect.poll(() => errors.length).toBe(1);
    },
  );

  test('the guide’s Apollo Client takes objects without an id, whatever is selected of them', async () => {
    const { client } = await (await writeRecipes(server.url, tokenKey('admin4')))('apollo/client');
    const ask = async (query: string) => (await client.query<Record<string, unknown>>({ query: gql(query) })).data;
    const viewer = { role: 'ADMINISTRATOR', user: {}, workspace: {} };
    expect(await ask('{ viewer { role workspace { name } user { email } } }')).toMatchObject({ viewer });
    expect(await ask('{ viewer { role workspace { uuid } user { __typename } } }')).toMatchObject({ viewer });
    await client.mutate({
      mutation: gql(
        'mutation { createWebhook(input: { name: "W", url: "https://example.com" }) { webhook { uuid } } }',
      ),
    });
    expect(await ask('{ webhooks { uuid name } }')).toMatchObject({ webhooks: [{ name: 'W' }] });
    expect(Object.keys(client.cache.extract() as object)).toContainEqual(expect.stringMatching(/^Webhook:\{"uuid"/));
  });
});

test('the guide names the errors that pass: those with status 429 and 503', async () => {
  const { isTemporary } = await (await writeRecipes('http://127.0.0.1', ''))('sse/changes');
  const codes = Object.entries(ERROR_CODES).map(([code, { status }]) => ({
    code,
    passes: status === 429 || status === 503,
  }));
  expect(codes.map(({ code }) => ({ code, passes: isTemporary([{ extensions: { code } }]) }))).toEqual(codes);
  expect(isTemporary([{}])).toBe(false);
});
