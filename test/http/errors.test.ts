import express from 'express';
import { describe, expect, it } from 'vitest';
import { BodyAborted } from '../../src/http/body.ts';
import { answerErrors, INTERNAL_ERROR_MESSAGE } from '../../src/http/internal-error.ts';
import { answerUnreadableRequests } from '../../src/http/unreadable-requests.ts';
import { listen, sendRaw } from './support.ts';

const requestId = 'the-request';

/** Starts a server whose routes throw `error`. `reported` has the errors that it reports. */
async function failing(error: unknown) {
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
  app.use(() => {
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

  const chunked = (chunks: string) => `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`;

  it.each([
    ['a method', 'HELO / HTTP/1.1\r\nHost: a\r\n\r\n', /method of HTTP/],
    ['the size of a chunk', chunked('zz\r\n'), /size of a chunk/],
    ['a size that is too large', chunked(`${'f'.repeat(20)}\r\n`), /size of a chunk/],
    ['an address', 'GET /é HTTP/1.1\r\nHost: a\r\n\r\n', /in the address/],
  ])('says what cannot be read: %s', async (_what, text, says) => {
    const { port } = await listen(() => {}, answerUnreadableRequests);
    const [head = '', body = ''] = (await sendRaw(port, text)).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(body)).toEqual({ detail: expect.stringMatching(says) });
  });
});
