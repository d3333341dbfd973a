import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import type { Client } from '../support/client.ts';
import { clientFor } from '../support/client.ts';
import { putFixture } from '../support/engine.ts';
import { tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { freePort } from '../support/free-port.ts';
import { campaigns, inFile, serve } from '../support/program.ts';

const REPOSITORY = join(import.meta.dirname, '../..');

interface Batch {
  readonly cursor: string;
  readonly changes: readonly { readonly subject: { readonly name: string } | null }[];
}

type Follow = (
  token: string,
  onBatch: (batch: Batch) => void,
  onError: (error: Error) => void,
  variables?: { readonly after?: string },
) => void;

interface RelayResult {
  readonly data?: { readonly changes: Batch };
  readonly errors?: readonly { readonly message: string }[];
}

/** The part of Relay's network that its environment calls. */
interface RelayNetwork {
  execute(
    request: object,
    variables: object,
    config: object,
  ): { subscribe(observer: { next(result: RelayResult): void; error(error: Error): void }): void };
}

/** The server's port. It stays the same when the server is restarted. */
const port = await freePort();
const folder = await createFolder();
afterAll(() => rm(folder, { recursive: true }));

/** Writes the guide's code blocks to modules inside the repository, because there they find the installed packages. */
async function createFolder(): Promise<string> {
  const guide = await readFile(join(REPOSITORY, 'docs/frontends.md'), 'utf8');
  await mkdir(join(REPOSITORY, 'dist'), { recursive: true });
  const created = await mkdtemp(join(REPOSITORY, 'dist/live-'));
  for (const [, name = '', code = ''] of guide.matchAll(/```ts ([\w-]+)\n([^]*?)```/g)) {
    await writeFile(join(created, `${name}.ts`), code.replaceAll('localhost:4000', `127.0.0.1:${port}`));
  }
  return created;
}

const load = <Module>(name: string) => import(pathToFileURL(join(folder, `${name}.ts`)).href) as Promise<Module>;

const follow = async (recipe: string): Promise<Follow> => (await load<{ follow: Follow }>(`live-${recipe}`)).follow;

async function followWithRelay(): Promise<Follow> {
  const { createNetwork } = await load<{ createNetwork(token: string): RelayNetwork }>('live-relay');
  const { CHANGES } = await load<{ CHANGES: string }>('changes');
  let network: RelayNetwork | undefined;
  return (token, onBatch, onError, variables = {}) => {
    const request = { text: CHANGES, name: 'Changes', id: null, operationKind: 'subscription', metadata: {} };
    (network ??= createNetwork(token)).execute(request, variables, {}).subscribe({
      // Relay's environment reports a result that has errors as an error. This test has no environment, so it does the same.
      next: ({ data, errors }) => (data ? onBatch(data.changes) : onError(new Error(errors?.[0]?.message))),
      error: onError,
    });
  };
}

const create = (client: Client, name: string) =>
  client.data('mutation ($name: String!) { createGroup(input: { name: $name }) { group { id } } }', { name });

it('every client that follows the guide sees each change once, also those from while it was cut off', async () => {
  const file = join(temporaryFolder(), 'campaigns.db');
  await putFixture(file);
  const settings = { ...inFile(file), PORT: String(port), RATE_LIMIT: 'off' };
  const [server, elsewhere] = await Promise.all([serve(settings), serve({ ...settings, PORT: '0' })]);
  const client = clientFor(elsewhere.url, 'admin2');

  const recipes: Record<string, Follow> = {
    apollo: await follow('apollo'),
    urql: await follow('urql'),
    'graphql-sse': await follow('graphql-sse'),
    relay: await followWithRelay(),
  };
  let start = '';
  const seen = Object.entries(recipes).map(([name, follow]) => {
    const one = { name, batches: 0, names: [] as (string | undefined)[], errors: [] as string[] };
    follow(
      tokenKey('admin2'),
      ({ changes, cursor }) => {
        one.batches += 1;
        start ||= cursor;
        one.names.push(...changes.map(({ subject }) => subject?.name));
      },
      ({ message }) => one.errors.push(message),
    );
    return one;
  });
  const all = (names: string[]) => seen.map(({ name }) => ({ name, names, errors: [] }));
  const now = () => seen.map(({ name, names, errors }) => ({ name, names, errors }));
  await expect.poll(() => seen.every(({ batches }) => batches > 0), { timeout: 5_000 }).toBe(true);

  await create(client, 'First');
  await expect.poll(now, { timeout: 5_000 }).toEqual(all(['First']));

  // A second subscription of the same network begins at its own position.
  const again: (string | undefined)[] = [];
  recipes['relay']?.(
    tokenKey('admin2'),
    ({ changes }) => again.push(...changes.map(({ subject }) => subject?.name)),
    () => {},
    { after: start },
  );
  await expect.poll(() => again, { timeout: 5_000 }).toEqual(['First']);

  expect(await server.stop()).toBe(0);
  await create(client, 'While they were away');
  const restarted = await serve(settings);
  await expect.poll(now, { timeout: 10_000 }).toEqual(all(['First', 'While they were away']));

  expect((await campaigns(['token', 'revoke', tokenKey('admin2')], settings)).code).toBe(0);
  await expect.poll(() => seen.map(({ errors }) => errors.length), { timeout: 5_000 }).toEqual([1, 1, 1, 1]);
  await Promise.all([restarted.stop(), elsewhere.stop()]);
}, 40_000);
