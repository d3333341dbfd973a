import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Client, fetchExchange } from '@urql/core';
import { beforeAll, expect, test, vi } from 'vitest';
import { tokenKey } from '../support/fixture.ts';
import { block, createProject, run, TEMPLATE } from './support/guide.ts';
import { serveFixture } from './support/server.ts';

const QUERY = 'query Groups { groups(first: 1) { totalCount } }';
const headers = { authorization: `Bearer ${tokenKey('admin2')}` };

let patientFetch: typeof fetch;

beforeAll(async () => {
  const folder = await createProject('busy', '', {
    'tsconfig.json': TEMPLATE['tsconfig.json'],
    'src/patient-fetch.ts': block('ts patient-fetch'),
  });
  await run(folder, 'tsc', '-p', '.');
  const module = await import(pathToFileURL(join(folder, 'src/patient-fetch.ts')).href);
  ({ patientFetch } = module as { patientFetch: typeof fetch });
});

test.each([
  [
    'Apollo Client',
    async (uri: string) => {
      const link = new HttpLink({ uri, headers, fetch: patientFetch });
      const client = new ApolloClient({ link, cache: new InMemoryCache() });
      return (await client.query({ query: gql(QUERY) })).data;
    },
  ],
  [
    'urql',
    async (url: string) => {
      const options = { fetch: patientFetch, fetchOptions: { headers }, preferGetMethod: false } as const;
      return (await new Client({ url, ...options, exchanges: [fetchExchange] }).query(QUERY, {})).data as unknown;
    },
  ],
])('%s asks again when the server says so', async (_, ask) => {
  const server = await serveFixture({ RATE_LIMIT: '1/second' });
  const asked = vi.spyOn(globalThis, 'fetch');
  try {
    const statuses = async () => {
      const answers = await Promise.all(asked.mock.results.map(({ value }) => value as Promise<Response>));
      return answers.map(({ status }) => status);
    };
    // Both may be in different seconds.
    while (!(await statuses()).includes(429)) {
      const both = await Promise.all([ask(`${server.base}/graphql`), ask(`${server.base}/graphql`)]);
      expect(both).toMatchObject([{ groups: {} }, { groups: {} }]);
    }
  } finally {
    asked.mockRestore();
    await server.close();
  }
});

test.each([
  ['a change that may have been made', '1', { errors: [{ extensions: { outcome: 'UNKNOWN' } }] }],
  ['a server that takes requests in an hour', '3600', { errors: [{}] }],
])('%s is not repeated', async (_, seconds, body) => {
  const answer = Response.json(body, { status: 503, headers: { 'retry-after': seconds } });
  const asked = vi.spyOn(globalThis, 'fetch').mockResolvedValue(answer);
  try {
    expect(await (await patientFetch('http://localhost')).json()).toEqual(body);
    expect(asked).toHaveBeenCalledOnce();
  } finally {
    asked.mockRestore();
  }
});
