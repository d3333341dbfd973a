import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { OVERLOADED_MESSAGE } from '../../src/http/admission.ts';
import { BodyAborted } from '../../src/http/body.ts';
import { answerHalfClosed } from '../../src/http/half-closed.ts';
import { answerErrors, INTERNAL_ERROR_MESSAGE } from '../../src/http/internal-error.ts';
import { answerUnreadableRequests } from '../../src/http/unreadable-requests.ts';
import { listen, sendRaw } from './support.ts';

const requestId = 'the-request';

/** Starts a server whose routes set `headers` and throw `error`. `reported` has the errors that it reports. */
async function failing(error: unknown, headers: Record<string, string> = {}) {
  const reported: [Error, string][] = [];
  const app = express();
  app.use((_request, response, next) => {
    response.locals.requestId = requestId;
    next();
  });
  app.get('/named/:name', (_request, response) => {
    response.end();
  });
  app.get('/begun', (_request, response) => {
    response.write('half');
    throw error;
  });
  app.use((_request, response) => {
    response.set(headers);
    throw error;
  });
  app.use(answerErrors((...report) => void reported.push(report)));
  return { ...(await listen(app)), reported };
}

describe('an error that no route has answered', () => {
  it.each([
    ['an Error', new Error('secret')],
    ['something else that was thrown', 'secret'],
  ])('is masked and reported: %s', async (_what, error) => {
    const { url, reported } = await failing(error);
    const response = await fetch(url);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ detail: INTERNAL_ERROR_MESSAGE, request_id: requestId });
    expect(reported).toEqual([[new Error('secret'), requestId]]);
  });

  it.each([
    ['of this process', Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' })],
    ['of the machine', Object.assign(new Error('ENFILE: file table overflow'), { code: 'ENFILE' })],
  ])('is a 503 that nobody keeps when the open files %s are too many', async (_what, error) => {
    const { url, reported } = await failing(error, {
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/css',
      'last-modified': 'Sun, 29 Nov 2026 00:00:00 GMT',
    });
    const response = await fetch(url);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('last-modified')).toBeNull();
    expect(await response.json()).toEqual({ detail: OVERLOADED_MESSAGE });
    expect(reported).toEqual([[error, requestId]]);
  });

  it('ends an answer that has begun, so that nobody takes it for complete', async () => {
    const { port } = await failing(new Error('secret'));
    const answer = await sendRaw(port, 'GET /begun HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).not.toMatch(/\r\n0\r\n\r\n$/);
    expect(answer).not.toContain('secret');
  });

  it('is a 400 when the address cannot be decoded', async () => {
    const { url, reported } = await failing(new Error('not reached'));
    const response = await fetch(`${url}/named/%ff`);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ detail: expect.stringContaining('cannot be decoded') });
    expect(reported).toEqual([]);
  });

  it('is not reported when the client went away', async () => {
    const { url, reported } = await failing(new BodyAborted());
    await expect(fetch(url, { signal: AbortSignal.timeout(100) })).rejects.toThrow('timeout');
    expect(reported).toEqual([]);
  });
});

describe('what is no HTTP request', () => {
  it.each([
    ['other text', 'HELO there\r\n\r\n', 400],
    ['an address that is not encoded', 'GET /é HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['headers that are too large', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('is answered in JSON, and the connection is closed: %s', async (_what, text, status) => {
    const { port } = await listen((_request, response) => response.end(), answerUnreadableRequests);
    const answer = await sendRaw(port, text);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toMatch(/^connection: close$/im);
    expect(head).toMatch(new RegExp(`^content-length: ${Buffer.byteLength(body)}$`, 'im'));
    expect(JSON.parse(body)).toEqual({ detail: expect.any(String) });
  });

  const CHUNKED = 'Transfer-Encoding: chunked';
  const withHeaders = (...lines: string[]) => ['POST / HTTP/1.1', 'Host: a', ...lines, '', ''].join('\r\n');
  const chunked = (chunks: string) => `${withHeaders(CHUNKED)}${chunks}`;

  it.each([
    ['a method', 'HELO / HTTP/1.1\r\nHost: a\r\n\r\n', 400, /method of HTTP/],
    ['an address', 'GET /é HTTP/1.1\r\nHost: a\r\n\r\n', 400, /not ASCII.* in the address/],
    ['a space in the address', 'GET /a b HTTP/1.1\r\nHost: a\r\n\r\n', 400, /spaces in the address/],
    ['another protocol', 'GET / SPDY/3\r\nHost: a\r\n\r\n', 400, /first line/],
    ['an unknown version', 'GET / HTTP/1.7\r\nHost: a\r\n\r\n', 505, /version of HTTP/],
    ['the beginning of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505, /version of HTTP/],
    ['no version', 'GET / HTTP/x\r\nHost: a\r\n\r\n', 400, /first line .* end with HTTP\/1\.1, CR and LF/],
    ['lines that end with LF alone', 'GET / HTTP/1.1\nHost: a\n\n', 400, /first line .* CR and LF/],
    ['a header that ends with LF alone', 'GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n', 400, /line .* CR and LF/],
    ['a CR in a header', withHeaders('X: a\rb'), 400, /line .* CR and LF/],
    ['a folded header', withHeaders('X: a', ' b'), 400, /in one line/],
    ['a control character in a header', withHeaders('X: a\x01b'), 400, /control character/],
    ['more than 1,000 headers', withHeaders(...Array.from({ length: 1_000 }, () => 'X: a')), 431, /1,000 lines/],
    ['a header without a colon', withHeaders('X'), 400, /colon/],
    ['a space before the colon', withHeaders('X : a'), 400, /colon/],
    ['both lengths', withHeaders('Content-Length: 3', CHUNKED), 400, /both Content-Length and Transfer-Encoding/],
    ['both lengths, turned', withHeaders(CHUNKED, 'Content-Length: 3'), 400, /both Content-Length and Transfer-E/],
    ['two lengths', withHeaders('Content-Length: 3', 'Content-Length: 3'), 400, /two Content-Length/],
    ['a negative length', withHeaders('Content-Length: -3'), 400, /Content-Length is not a number/],
    [
      'a length that is too large',
      withHeaders(`Content-Length: ${'9'.repeat(30)}`),
      400,
      /Content-Length .* too large/,
    ],
    ['a transfer coding', withHeaders('Transfer-Encoding: gzip'), 400, /Transfer-Encoding must be "chunked"/],
    ['the size of a chunk', chunked('zz\r\n'), 400, /size of a chunk/],
    ['a size that is too large', chunked(`${'f'.repeat(20)}\r\n`), 400, /size of a chunk/],
    ['a chunk extension that is too large', chunked(`1;${'x'.repeat(20_000)}\r\n`), 413, /extensions of a chunk/],
    ['the end of a chunk', chunked('1\r\naXX0\r\n\r\n'), 400, /chunk of the body is not in the form/],
    ['what follows the last request', withHeaders('Connection: close') + withHeaders(), 400, /"Connection: close"/],
  ])('says what cannot be read: %s', async (_what, text, status, says) => {
    const { port } = await listen(() => {}, answerUnreadableRequests);
    const [head = '', body = ''] = (await sendRaw(port, text)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(JSON.parse(body)).toEqual({ detail: expect.stringMatching(says) });
  });

  it('says that a request was cut off', async () => {
    const { port } = await listen(
      () => {},
      (server) => {
        answerHalfClosed(server);
        answerUnreadableRequests(server);
      },
    );
    const socket = connect(port, '127.0.0.1').end('GET / HTTP/1.1\r\nHos');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 .*closed before the whole request/s);
  });
});
