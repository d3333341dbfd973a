import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { serverAudits } from 'graphql-http';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { ErrorCode } from '../../src/graphql/errors.ts';
import { ERROR_CODES } from '../../src/graphql/errors.ts';
import { tokenKey } from '../support/fixture.ts';
import type { Answer } from '../support/client.ts';
import { readAnswer } from '../support/client.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
const behindProxy = await openWorld({ trustProxy: true });
const url = `${world.url}/graphql`;
const authorization = `Bearer ${tokenKey('admin')}`;
const JSON_TYPE = { 'content-type': 'application/json' };
const query = '{ viewer { role } }';

/** Sends a request with a token, as an ordinary client does. */
function send(init: RequestInit = {}, path = ''): Promise<Response> {
  const headers = new Headers(init.headers);
  if (!headers.has('authorization')) headers.set('authorization', authorization);
  return fetch(url + path, { ...init, headers });
}

describe('the GraphQL-over-HTTP specification', () => {
  const withToken = (address: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', authorization);
    return fetch(address, { ...init, headers });
  };
  const audits = serverAudits({ url, fetchFn: withToken });

  it('has its clauses', () => {
    expect(audits.length).toBeGreaterThan(55);
  });

  it.each(audits)('$id: $name', async ({ fn }) => {
    const result = await fn();
    expect('reason' in result ? result.reason : result.status).toBe('ok');
  });
});

describe('a request that is refused', () => {
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = JSON_TYPE) => ({
    method: 'POST',
    body,
    headers,
  });

  it.each([
    ['malformed JSON', 400, 'BAD_REQUEST', post('{"query": ')],
    ['an empty body', 400, 'BAD_REQUEST', post('')],
    ['JSON that is no object', 400, 'BAD_REQUEST', post('"query"')],
    ['JSON that is null', 400, 'BAD_REQUEST', post('null')],
    ['no query', 400, 'BAD_REQUEST', post('{}')],
    ['a query that is no text', 400, 'BAD_REQUEST', post('{"query": 1}')],
    ['variables that are no object', 400, 'BAD_REQUEST', post(`{"query": "${query}", "variables": "x"}`)],
    ['a batch', 400, 'BAD_REQUEST', post(`[{"query": "${query}"}, {"query": "${query}"}]`)],
    ['a form', 400, 'BAD_REQUEST', post(`query=${query}`, { 'content-type': 'application/x-www-form-urlencoded' })],
    ['plain text', 400, 'BAD_REQUEST', post(`{"query": "${query}"}`, { 'content-type': 'text/plain' })],
    ['bytes that are no UTF-8', 400, 'BAD_REQUEST', post(new Uint8Array([123, 0xff, 125]))],
    [
      'variables that are too deep for a key',
      400,
      'BAD_REQUEST',
      post(`{"query": "${query}", "variables": {"x": ${'['.repeat(100_000)}${']'.repeat(100_000)}}}`, {
        ...JSON_TYPE,
        'idempotency-key': 'deep',
      }),
    ],
    ['a document with a mistake', 400, 'GRAPHQL_PARSE_FAILED', post('{"query": "{"}')],
    [
      'a field that there is not',
      400,
      'GRAPHQL_VALIDATION_FAILED',
      post('{"query": "{ campagins { nodes { uuid } } }"}'),
    ],
    [
      'a variable that is missing',
      400,
      'BAD_USER_INPUT',
      post('{"query": "query ($id: ID!) { node(id: $id) { id } }"}'),
    ],
    [
      'two operations and no name',
      400,
      'OPERATION_RESOLUTION_FAILURE',
      post(`{"query": "query A ${query} query B ${query}"}`),
    ],
    ['a persisted query', 200, 'PERSISTED_QUERY_NOT_FOUND', post(persisted())],
    ['a hash of another document', 400, 'BAD_REQUEST', post(persisted({ query: '{ __typename }' }))],
    ['a hash of an unknown version', 400, 'BAD_REQUEST', post(persisted({ version: 2 }))],
  ])('%s: %i %s', async (_what, status, code, init) => {
    const answer = await readAnswer(
      await send({ ...init, headers: { ...init.headers, accept: 'application/graphql-response+json' } }),
    );
    expect([answer.status, answer.codes, answer.data]).toEqual([status, [code], null]);
    expect(status).toBe(ERROR_CODES[code as ErrorCode].status);
    expect(answer.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
    expect(answer.text).not.toMatch(/node_modules|\.ts|at \w+ \(/);
  });

  function persisted({ query: text, version = 1 }: { query?: string; version?: number } = {}): string {
    return JSON.stringify({ query: text, extensions: { persistedQuery: { version, sha256Hash: '0'.repeat(64) } } });
  }

  it('is refused with 413 when its body is larger than a megabyte, with or without Content-Length, and the connection ends', async () => {
    const body = JSON.stringify({ query, padding: 'x'.repeat(1_000_000) });
    const expectRefusal = (answer: Answer<unknown>) => {
      expect([answer.status, answer.codes]).toEqual([413, ['PAYLOAD_TOO_LARGE']]);
      // The server does not read the rest of the body, so the connection cannot be used for another request.
      expect(answer.headers.get('connection')).toBe('close');
      expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(answer.text)));
    };
    expectRefusal(await readAnswer(await send(post(body))));

    const chunks = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(body));
        controller.close();
      },
    });
    expectRefusal(await readAnswer(await send({ ...post(''), body: chunks, duplex: 'half' })));
    expect((await send(post(JSON.stringify({ query })))).status).toBe(200);
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('is refused with 405 when its method is %s', async (method) => {
    const { status, headers, codes, text } = await readAnswer(
      await send({ method, headers: JSON_TYPE, body: JSON.stringify({ query }) }),
    );
    expect([status, headers.get('allow'), codes]).toEqual([405, 'GET, HEAD, POST', ['METHOD_NOT_ALLOWED']]);
    expect(text).not.toContain('Apollo');
  });
});

describe('POST', () => {
  it.each(['operationName', 'documentId'])('takes an empty %s for a missing one', async (name) => {
    const body = JSON.stringify({ query, [name]: '' });
    const answer = await readAnswer(await send({ method: 'POST', headers: JSON_TYPE, body }));
    expect([answer.status, answer.codes, answer.data]).toEqual([200, [], { viewer: { role: 'ADMINISTRATOR' } }]);
  });
});

describe('HEAD', () => {
  const ask = (method: string, document: string, accept = 'application/graphql-response+json') =>
    send({ method, headers: { accept } }, `?${new URLSearchParams({ query: document }).toString()}`);

  it.each([
    ['a query', '{ groups(first: 1) { nodes { name } } }', 200],
    ['a mutation', 'mutation { createGroup(input: { name: "By HEAD" }) { group { name } } }', 405],
    ['a mistake', '{ nothing }', 400],
  ])('answers %s as GET does, without the body', async (_what, document, status) => {
    const [head, got] = await Promise.all([ask('HEAD', document), ask('GET', document)]);
    expect([head.status, await head.text()]).toEqual([status, '']);
    for (const name of ['content-type', 'etag', 'allow', 'vary', 'cache-control']) {
      expect([name, head.headers.get(name)]).toEqual([name, got.headers.get(name)]);
    }
    expect(await world.as('admin').data('{ group(by: { name: "By HEAD" }) { name } }')).toEqual({ group: null });
  });

  it('opens no stream', async () => {
    expect((await ask('HEAD', 'subscription { changes { cursor } }', 'text/event-stream')).status).toBe(406);
  });
});

describe('a WebSocket', () => {
  /** The status and the body of the answer to a handshake, as graphql-ws sends it. */
  const shake = (path: string, headers: Record<string, string>) =>
    new Promise<[status: number | undefined, text: string]>((resolve, reject) => {
      const handshake = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
      const asking = request(url + path, { headers: { ...handshake, ...headers } }, (response) => {
        response.setEncoding('utf8');
        let text = '';
        response.on('data', (piece: string) => (text += piece));
        response.on('end', () => resolve([response.statusCode, text]));
      });
      asking.on('error', reject).end();
    });

  it.each([
    ['with a token', 400, 'BAD_REQUEST', { authorization }],
    ['without a token, as browsers do', 401, 'UNAUTHENTICATED', {}],
  ])('that is asked for %s is refused, and the answer says how to subscribe', async (_what, status, code, headers) => {
    const [answered, text] = await shake('', headers);
    expect([answered, text]).toEqual([status, expect.stringContaining('Accept: text/event-stream')]);
    expect(text).toContain(`"${code}"`);
  });

  it('that is asked for with a query gets its answer', async () => {
    expect((await shake(`?query=${encodeURIComponent(query)}`, { authorization }))[0]).toBe(200);
  });
});

describe('GET', () => {
  const get = (parameters: Record<string, string>, accept = 'application/json') =>
    send({ headers: { accept } }, `?${new URLSearchParams(parameters).toString()}`);

  it('answers queries, with variables and an operation', async () => {
    const answer = await readAnswer(
      await get({
        query: 'query A($n: Int) { groups(first: $n) { nodes { __typename } } } query B { viewer { role } }',
        variables: '{"n": 2}',
        operationName: 'A',
      }),
    );
    expect(answer.data).toEqual({ groups: { nodes: [{ __typename: 'Group' }, { __typename: 'Group' }] } });
  });

  it('answers a query whose other parameters are empty', async () => {
    const answer = await readAnswer(await get({ query: '{ viewer { role } }', operationName: '', documentId: '' }));
    expect([answer.status, answer.codes]).toEqual([200, []]);
  });

  it('changes nothing', async () => {
    const mutation = 'mutation { createGroup(input: { name: "By GET" }) { group { name } } }';
    for (const accept of ['application/json', 'text/event-stream', '*/*']) {
      const { status, headers, codes } = await readAnswer(await get({ query: mutation }, accept));
      expect([status, headers.get('allow'), codes]).toEqual([405, 'POST', ['METHOD_NOT_ALLOWED']]);
    }
    expect(await world.as('admin').data('{ group(by: { name: "By GET" }) { name } }')).toEqual({ group: null });
  });

  it('of a browser is redirected to the playground, without a token', async () => {
    const response = await fetch(url, {
      headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
      redirect: 'manual',
    });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/graphiql']);
  });

  it('says how a subscription is asked for', async () => {
    const subscription = 'subscription { changes { cursor } }';
    const { status, codes, text } = await readAnswer(
      await get({ query: subscription }, 'application/graphql-response+json'),
    );
    expect([status, codes]).toEqual([406, ['NOT_ACCEPTABLE']]);
    expect(text).toContain('text/event-stream');
  });

  it.each([
    [{}, 'GraphQL operations must contain a non-empty `query`'],
    [{ variables: '{' }, 'The parameter \\"variables\\" is not a JSON object.'],
    [{ query, variables: '[]' }, 'The parameter \\"variables\\" is not a JSON object.'],
    [{ query, variables: '"x"' }, 'The parameter \\"variables\\" is not a JSON object.'],
    [{ query, extensions: '[' }, 'The parameter \\"extensions\\" is not a JSON object.'],
    [{ query, operationName: 'None' }, 'None'],
  ])('with %j is refused with the reason', async (parameters, reason) => {
    const answer = await readAnswer(await get(parameters, 'application/graphql-response+json'));
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(reason)]);
  });

  it('with a parameter twice is refused', async () => {
    for (const name of ['query', 'operationName', 'variables', 'extensions', 'documentId']) {
      for (const first of ['{}', '']) {
        const given = new URLSearchParams([
          ['query', '{ viewer { role } }'],
          [name, first],
          [name, '{}'],
        ]);
        const { status, text } = await readAnswer(await send({}, `?${given.toString()}`));
        expect([status, text]).toEqual([400, expect.stringContaining('more than once')]);
      }
    }
  });

  it('runs a document by its hash, once it has been sent with it', async () => {
    const sent = '{ viewer { role } } # by its hash';
    const sha256Hash = createHash('sha256').update(sent).digest('hex');
    const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash } });
    const codesAndData = async (parameters: Record<string, string>) => {
      const { data, codes } = await readAnswer(await get({ extensions, ...parameters }));
      return [data, codes];
    };
    expect(await codesAndData({})).toEqual([null, ['PERSISTED_QUERY_NOT_FOUND']]);
    const found = [{ viewer: { role: 'ADMINISTRATOR' } }, []];
    expect(await codesAndData({ query: sent })).toEqual(found);
    expect(await codesAndData({})).toEqual(found);
  });

  it('of a program without a query is refused', async () => {
    expect((await get({})).status).toBe(400);
  });
});

describe('every answer', () => {
  it.each(['/graphql', '/api/v2/campaigns.json', '/schema.graphql', '/healthz', '/nothing'])(
    'has a request id: %s',
    async (path) => {
      const { headers } = await fetch(world.url + path);
      expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
      // The server ignores an id that a client gives, because the id is logged and might be a secret.
      const named = await fetch(world.url + path, { headers: { 'x-request-id': 'proxy-0123456789' } });
      expect(named.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    },
  );

  it('has the request id of a trusted proxy, if it is well formed', async () => {
    const { url } = behindProxy;
    const nameOf = async (given: string) => {
      const { headers } = await fetch(`${url}/healthz`, { headers: { 'x-request-id': given } });
      return headers.get('x-request-id');
    };
    expect(await nameOf('proxy-0123456789')).toBe('proxy-0123456789');
    expect(await nameOf('<script>alert(1)</script>')).toMatch(/^[\da-f-]{36}$/);
  });

  it.each([
    ['127.0.0.1', true],
    ['loopback', true],
    ['1', true],
    ['192.0.2.1', false],
  ])('has the request id of a proxy only if TRUST_PROXY names its address: %s', async (trust, counts) => {
    const { url } = await openWorld({ trustProxy: readConfig({ TRUST_PROXY: trust }).trustProxy });
    const { headers } = await fetch(`${url}/healthz`, { headers: { 'x-request-id': 'proxy-0123456789' } });
    expect(headers.get('x-request-id') === 'proxy-0123456789').toBe(counts);
  });

  it('has headers that forbid sniffing and framing, and none that names the server', async () => {
    const { headers } = await send({ method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ query }) });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.has('x-powered-by')).toBe(false);
  });
});

it('a body in another charset is read as it is said to be', async () => {
  const body = Buffer.from('{"query": "{ groups(filter: {search: \\"Élevage\\"}) { nodes { name } } }"}', 'latin1');
  const headers = {
    'content-type': 'application/json; charset=iso-8859-1',
    authorization: `Bearer ${tokenKey('admin2')}`,
  };
  const answer = await readAnswer<{ groups: { nodes: object[] } }>(await send({ method: 'POST', body, headers }));
  expect(answer.data?.groups.nodes).toEqual([{ name: 'Élevage' }]);
});
