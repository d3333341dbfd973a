import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';
import { sendRaw } from './support.ts';

const world = await openWorld();
const port = Number(new URL(world.url).port);

/** Sends a request and reads the answer until the server closes the connection. */
async function answerTo(lines: readonly string[]): Promise<{ status: number; head: string; json: unknown }> {
  const answer = await sendRaw(port, `${lines.join('\r\n')}\r\n\r\n`);
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return { status: Number(head.slice(9, 12)), head, json: JSON.parse(body) };
}

describe('a request that can be understood in two ways is refused in JSON', () => {
  const token = `Authorization: Token ${tokenKey('editor2')}`;
  it.each([
    ['two Host headers', 400, /two Host headers/, ['GET / HTTP/1.1', 'Host: a.example', 'host: b.example']],
    [
      'two Authorization headers',
      400,
      /two Authorization headers/,
      ['GET /api/v2/groups.json HTTP/1.1', 'Host: a', token, 'authorization: Token x'],
    ],
    ['no Host header', 400, /no Host header/, ['GET / HTTP/1.1']],
    ['a Host header that is no host', 400, /not a valid host/, ['GET /api/v2/.json HTTP/1.1', 'Host: a"><b']],
    ['HTTP/2.0 in the form of HTTP/1', 505, /HTTP\/1\.1/, ['GET / HTTP/2.0', 'Host: a']],
    ['a version that there is not', 505, /HTTP\/1\.1/, ['GET / HTTP/1.7', 'Host: a']],
  ])('%s: %i', async (_what, status, says, lines) => {
    const answer = await answerTo(lines);
    expect([answer.status, answer.json]).toEqual([status, { detail: expect.stringMatching(says) }]);
    expect(answer.head).toMatch(/^connection: close$/im);
  });
});

describe('an expectation that cannot be met', () => {
  it.each(['the worst', '200-ok'])('is refused in JSON: "%s"', async (expectation) => {
    const answer = await answerTo(['POST /graphql HTTP/1.1', 'Host: a', 'Content-Length: 3', `Expect: ${expectation}`]);
    expect([answer.status, answer.json]).toEqual([417, { detail: expect.stringContaining(`"${expectation}"`) }]);
    expect(answer.head).toMatch(/^connection: close$/im);
    expect(answer.head).toMatch(/^x-request-id: /im);
  });

  it('is not the one that there is', async () => {
    const answer = await sendRaw(
      port,
      'GET /healthz HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
  });

  // Clients that do not want to wait for a 100 send an empty header.
  it('is not an empty one', async () => {
    const answer = await sendRaw(port, 'GET /healthz HTTP/1.1\r\nHost: a\r\nExpect: \r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('a path that cannot be decoded', () => {
  it.each([
    ['/%ff', 400],
    ['/%zz', 400],
    ['/%', 400],
    ['/campaigns/%ff', 400],
    ['/assets/%zz', 400],
    ['/graphiql/%ff', 400],
    ['/graphql/%ff', 400],
    ['/api/v2/%zz', 404],
    ['/api/v2/assets/%ff', 404],
    ['/api/v2/explorer/%ff', 404],
  ])('%s is answered in JSON, to browsers too', async (path, status) => {
    for (const accept of ['*/*', 'text/html']) {
      const answer = await answerTo([`GET ${path} HTTP/1.1`, 'Host: a', `Accept: ${accept}`, 'Connection: close']);
      expect([answer.status, answer.json]).toEqual([status, { detail: expect.any(String) }]);
      expect(answer.head).toMatch(/^content-type: application\/json/im);
    }
  });
});

describe('a compressed body', () => {
  const graphql = (body: Buffer, encoding: string) =>
    fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tokenKey('admin')}`,
        'content-type': 'application/json',
        'content-encoding': encoding,
      },
      body: new Uint8Array(body),
    });
  const rest = (body: Buffer, encoding: string) =>
    world.rest.ask('/groups.json', {
      headers: { 'Content-Type': 'application/json', 'Content-Encoding': encoding },
      body,
    });
  const query = Buffer.from(JSON.stringify({ query: '{ viewer { role } }' }));

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['GZip', gzipSync],
    ['identity', (body: Buffer) => body],
  ] as const)('is inflated: %s', async (encoding, compress) => {
    const answer = await graphql(compress(query), encoding);
    expect(await answer.json()).toMatchObject({ data: { viewer: { role: 'ADMINISTRATOR' } } });
    const name = `Sent as ${encoding === 'GZip' ? 'letters of both cases' : encoding}`;
    const reply = await rest(compress(Buffer.from(JSON.stringify({ name }))), encoding);
    expect([reply.status, reply.json]).toEqual([201, expect.objectContaining({ name })]);
  });

  it.each(['utf-8', 'UTF8', 'none', 'application/json', 'identity, identity', '', 'gzip', 'X-GZIP'])(
    'is read as it is when it is not compressed, and its encoding is no other: "%s"',
    async (encoding) => {
      expect(await (await graphql(query, encoding)).json()).toMatchObject({
        data: { viewer: { role: 'ADMINISTRATOR' } },
      });
      const name = `Sent as '${encoding}'`;
      const reply = await rest(Buffer.from(JSON.stringify({ name })), encoding);
      expect([reply.status, reply.json]).toEqual([201, expect.objectContaining({ name })]);
    },
  );

  it('is refused with 413 when it is too large once inflated', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    const answer = await graphql(bomb, 'gzip');
    expect([answer.status, await answer.json()]).toMatchObject([
      413,
      { errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] },
    ]);
    expect((await rest(bomb, 'gzip')).status).toBe(413);
  });

  it.each([
    ['deflate, and not compressed at all', 'deflate', query],
    ['br, and not compressed at all', 'br', query],
    ['gzip, and cut off', 'gzip', gzipSync(query).subarray(0, 20)],
    ['deflate, and empty', 'deflate', Buffer.alloc(0)],
  ])('is refused with 400 when it is not what it says: %s', async (_what, encoding, body) => {
    const answer = await graphql(body, encoding);
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'BAD_REQUEST' }, message: expect.stringContaining(`"${encoding}"`) }] },
    ]);
    expect(await rest(body, encoding)).toMatchObject({
      status: 400,
      json: { detail: expect.stringContaining(`"${encoding}"`) },
    });
  });

  it.each(['zstd', 'gzip, gzip', 'aes128gcm'])('is refused with 415 when its encoding is %s', async (encoding) => {
    const answer = await graphql(query, encoding);
    expect([answer.status, await answer.json()]).toMatchObject([
      415,
      { errors: [{ extensions: { code: 'UNSUPPORTED_ENCODING' } }] },
    ]);
    expect(answer.headers.get('accept-encoding')).toBe('gzip, deflate, br');
    const reply = await rest(query, encoding);
    expect([reply.status, reply.headers.get('accept-encoding')]).toEqual([415, 'gzip, deflate, br']);
  });
});

describe('the body of a request that is refused', () => {
  it('is not read on: the answer arrives, and the connection is closed soon', async () => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (piece: string) => (answer += piece));
    socket.on('error', () => {});
    const closed = new Promise((resolve) => void socket.once('close', resolve));
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 900000000\r\n\r\n`,
    );
    const block = Buffer.alloc(1_000_000);
    let sent = 0;
    const flood = setInterval(() => {
      if (socket.writable && socket.writableLength < 2_000_000) {
        socket.write(block);
        sent++;
      }
    }, 1);
    const started = performance.now();
    await closed;
    clearInterval(flood);
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(answer).toMatch(/^connection: close$/im);
    expect(performance.now() - started).toBeLessThan(4_000);
    // The kernel's buffers hold a few megabytes. If the server read the body, it would take hundreds.
    expect(sent).toBeLessThan(40);
  });

  it('is read, and the connection kept, when it is small', async () => {
    const answer = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect([answer.status, answer.headers.get('connection')]).toEqual([401, 'keep-alive']);
    await answer.text();
  });
});
