import { hash } from 'node:crypto';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ApolloClient, TypedDocumentNode } from '@apollo/client';
import type { Client as UrqlClient } from '@urql/core';
import { expect, test } from 'vitest';
import { clientFor } from '../support/client.ts';
import { putFixture } from '../support/engine.ts';
import { tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { freePort } from '../support/free-port.ts';
import { campaigns, inFile, serve } from '../support/program.ts';
import { block, createProject, run, TEMPLATE } from './support/guide.ts';

interface Batch {
  changes: { subject: { __typename: string; name: string } | null }[];
}

/** Follows the changes with a client of the guide. */
type Follow = (onBatch: (batch: Batch) => void, onError: (error: Error) => void) => void;

/** What Relay's environment does with the network. */
interface RelayNetwork {
  execute(
    request: object,
    variables: object,
    config: object,
  ): {
    toPromise(): Promise<object>;
    subscribe(observer: {
      next(result: { data?: { changes?: Batch }; errors?: readonly { message: string }[] }): void;
      error(error: Error): void;
    }): void;
  };
}

const CAMPAIGN_NAMES = 'query Names { campaigns(first: 1) { nodes { id name } } }';
const NEW_CHANGES =
  'subscription New { changes { changes { subject { __typename ... on Group { id name } } } cursor } }';

interface Campaigns {
  campaigns: object;
}

/** The block with what the guide says to change in it. */
function changed(name: string, changes: Record<string, string>): string {
  return Object.entries(changes).reduce((code, [from, to]) => {
    expect(code).toContain(from);
    return code.replace(from, to);
  }, block(name));
}

const BY_HASH = "import { byHash } from './by-hash.ts';\n";
const DOCUMENT = "import { ChangesDocument } from './gql/graphql.ts';\n";
const TOKEN = { 'import.meta.env.VITE_TOKEN': `'${tokenKey('editor2')}'` };

/** The files that follow the guide, for each client. */
const FRONTENDS: Record<string, Record<string, string>> = {
  apollo: {
    'src/App.tsx': block('tsx apollo'),
    'src/by-hash.ts': block('ts by-hash-apollo'),
    'src/client.ts':
      BY_HASH + changed('ts client-apollo', { ...TOKEN, 'Client({ link,': 'Client({ link: byHash.concat(link),' }),
    'src/live.ts':
      DOCUMENT +
      changed('ts live-apollo', {
        'CombinedGraphQLErrors, gql }': 'CombinedGraphQLErrors }',
        'CHANGES, ': '',
        'gql(CHANGES)': 'ChangesDocument',
      }),
    'src/sse-client.ts': block('ts sse-client'),
    'src/live-sse.ts':
      DOCUMENT +
      changed('ts live-graphql-sse', {
        "import { CHANGES } from './changes.ts'": "import { hashOf } from './by-hash.ts'",
        '{ query: CHANGES }': '{ documentId: hashOf(ChangesDocument) } as never',
      }),
  },
  urql: {
    'src/App.tsx': block('tsx urql'),
    'src/by-hash.ts': block('ts by-hash-urql'),
    'src/client.ts':
      BY_HASH +
      changed('ts client-urql-live', { ...TOKEN, '[cache, fetchExchange]': '[cache, byHash, fetchExchange]' }),
    'src/live.ts':
      DOCUMENT + changed('ts live-urql', { 'CHANGES, ': '', '(CHANGES, { after })': '(ChangesDocument, { after })' }),
  },
};

test('frontends that follow the guide run where only their manifests are trusted', async () => {
  const file = join(temporaryFolder(), 'campaigns.db');
  await putFixture(file);
  const settings = { ...inFile(file), RATE_LIMIT: 'off' };
  const port = String(await freePort());
  const base = `http://127.0.0.1:${port}`;
  const manifests = temporaryFolder();
  // It trusts every document. The generator reads the schema from it, and another client writes through it.
  const open = await serve(settings);

  const folders = await Promise.all(
    Object.entries(FRONTENDS).map(async ([name, files]) => {
      const folder = await createProject(`trusted-${name}`, base, {
        ...TEMPLATE,
        ...files,
        'src/changes.ts': block('ts changes'),
        'codegen.ts': block('ts codegen').replace('http://localhost:4000', open.url),
      });
      await run(folder, 'graphql-codegen');
      await run(folder, 'tsc', '-p', '.');
      await copyFile(join(folder, 'src/gql/persisted-documents.json'), join(manifests, `${name}-1.4.json`));
      return [name, folder] as const;
    }),
  );
  const relayFolder = await createProject('trusted-relay', base, {
    'src/changes.ts': block('ts changes'),
    'src/sse-client.ts': block('ts sse-client'),
    'src/live-relay.ts': block('ts live-relay'),
  });
  // As Relay's compiler writes it.
  const relayDocuments = [CAMPAIGN_NAMES, NEW_CHANGES].map((text) => [hash('sha256', text), text]);
  await writeFile(join(manifests, 'relay-1.4.json'), JSON.stringify(Object.fromEntries(relayDocuments)));
  const trusting = { TRUSTED_DOCUMENTS: 'only', TRUSTED_DOCUMENTS_DIR: manifests };
  const server = await serve({ ...settings, ...trusting, PORT: port });
  const untrusted = await clientFor(server.url, 'editor2').ask('{ viewer { role } }');
  expect(untrusted.codes).toEqual(['DOCUMENT_NOT_TRUSTED']);

  const folderOf: Record<string, string> = { ...Object.fromEntries(folders), relay: relayFolder };
  const load = <Module>(frontend: string, name: string) =>
    import(pathToFileURL(join(folderOf[frontend] ?? '', `src/${name}.ts`)).href) as Promise<Module>;
  const documentOf = async (frontend: string) =>
    (await load<{ CampaignsDocument: TypedDocumentNode<Campaigns> }>(frontend, 'gql/graphql')).CampaignsDocument;

  const { client: apollo } = await load<{ client: ApolloClient }>('apollo', 'client');
  const read = await apollo.query({ query: await documentOf('apollo') });
  expect(read.data?.campaigns).toMatchObject({ __typename: 'CampaignConnection' });
  expect(Object.keys(apollo.cache.extract() as object)).toContainEqual(expect.stringMatching(/^Campaign:/));
  const { client: urql } = await load<{ client: UrqlClient }>('urql', 'client');
  const { data, error } = await urql.query(await documentOf('urql'), {});
  expect({ error, data }).toMatchObject({
    error: undefined,
    data: { campaigns: { __typename: 'CampaignConnection' } },
  });

  const { createNetwork } = await load<{ createNetwork(token: string): RelayNetwork }>('relay', 'live-relay');
  const relay = createNetwork(tokenKey('editor2'));
  const executeWithRelay = (operationKind: string, text: string) =>
    relay.execute({ id: hash('sha256', text), text: null, name: 'Named', operationKind, metadata: {} }, {}, {});
  const names = await executeWithRelay('query', CAMPAIGN_NAMES).toPromise();
  expect(names).toMatchObject({ data: { campaigns: { nodes: expect.any(Array) } } });

  const sse = await load<{ follow(token: string, ...on: Parameters<Follow>): void }>('apollo', 'live-sse');
  const follow: Follow[] = [
    (await load<{ follow: Follow }>('apollo', 'live')).follow,
    (await load<{ follow: Follow }>('urql', 'live')).follow,
    (...on) => sse.follow(tokenKey('editor2'), ...on),
    (onBatch, onError) =>
      executeWithRelay('subscription', NEW_CHANGES).subscribe({
        next: ({ data, errors }) => (data?.changes ? onBatch(data.changes) : onError(new Error(errors?.[0]?.message))),
        error: onError,
      }),
  ];
  const seen = follow.map((follow) => {
    const one = { batches: 0, names: [] as (string | undefined)[], errors: [] as string[] };
    follow(
      ({ changes }) => {
        one.batches += 1;
        one.names.push(...changes.map(({ subject }) => subject?.name));
      },
      ({ message }) => one.errors.push(message),
    );
    return one;
  });
  await expect
    .poll(() => seen.map(({ batches, errors }) => ({ hasBegun: batches > 0, errors })))
    .toEqual(follow.map(() => ({ hasBegun: true, errors: [] })));
  await clientFor(open.url, 'admin2').data('mutation { createGroup(input: { name: "New" }) { group { id } } }');
  await expect.poll(() => seen.map(({ names }) => names)).toEqual(follow.map(() => ['New']));

  expect((await campaigns(['token', 'revoke', tokenKey('editor2')], settings)).code).toBe(0);
  await expect.poll(() => seen.map(({ errors }) => errors.length)).toEqual(follow.map(() => 1));
  await Promise.all([server.stop(), open.stop()]);
}, 300_000);
