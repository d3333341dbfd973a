import type { RequestListener, ServerResponse } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Admission } from '../../src/http/admission.ts';
import { answerHalfClosed } from '../../src/http/half-closed.ts';
import { noteResponses } from '../../src/http/last-response.ts';
import { boundPipelines, enterPipeline } from '../../src/http/pipelines.ts';
import { RequestTurns } from '../../src/http/request-turns.ts';
import { Turns } from '../../src/http/turns.ts';
import { answerUnreadableRequests } from '../../src/http/unreadable-requests.ts';
import { requestText } from '../support/closed-loop.ts';
import { tokenKey } from '../support/fixture.ts';
import { METRICS_TOKEN, readMetric } from '../support/metrics.ts';
import { openWorld } from '../support/world.ts';
import { listen, sendRaw } from './support.ts';

const REQUEST = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

/** More than a connection takes at once. */
const PIECE = 'x'.repeat(100_000);

/** Starts a server that admits all requests of one workspace, and answers none of them. */
async function unanswering() {
  const admission = new Admission(new RequestTurns(new Turns()), 10_000);
  const responses: ServerResponse[] = [];
  const { port } = await listen((request, response) => {
    enterPipeline(request, response, () => {
      responses.push(response);
      void admission.admit('a workspace', response);
    });
  }, boundPipelines);
  return { admission, port, responses };
}

/** Starts a server that treats connections as the program does. */
const listenReal = (listener: RequestListener) =>
  listen(
    (request, response) => enterPipeline(request, response, () => listener(request, response)),
    (server) => {
      boundPipelines(server);
      answerHalfClosed(server);
      noteResponses(server);
      answerUnreadableRequests(server);
    },
  );

it('CONNECT is answered, behind the requests before it', async () => {
  const { port } = await listenReal((_request, response) => void setImmediate(() => response.end('first')));
  const received = await sendRaw(
    port,
    `${REQUEST}CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n${REQUEST}`,
  );
  const answers = received.split(/(?=HTTP\/1\.1 )/);
  expect(answers.map((answer) => answer.slice(9, 12))).toEqual(['200', '501']);
  expect(answers[1]).toContain('{"detail":"CONNECT is for proxies');
});

it('CONNECT waits for an answer that is written as it is read', async () => {
  const { port } = await listenReal((_request, response) => {
    let left = 100;
    const write = () => {
      while (left > 0) {
        left -= 1;
        if (!response.write(PIECE)) {
          response.once('drain', write);
          return;
        }
      }
      response.end('the last piece');
    };
    write();
  });
  const received = await sendRaw(port, `${REQUEST}CONNECT a.example:443 HTTP/1.1\r\n\r\n`);
  expect(received).toContain('the last piece');
  expect(received).toContain('HTTP/1.1 501 ');
});

describe('requests that were sent without waiting for answers', () => {
  it('give their places back when the connection closes, each of them once', async () => {
    const { admission, port, responses } = await unanswering();
    const socket = connect(port, '127.0.0.1');
    socket.write(REQUEST.repeat(5));
    await expect.poll(() => admission.underWay).toBe(5);
    const closed: ServerResponse[] = [];
    for (const response of responses) response.on('close', () => closed.push(response));
    socket.destroy();
    await expect.poll(() => admission.underWay).toBe(0);
    expect([closed.length, new Set(closed)]).toEqual([5, new Set(responses)]);
    expect(responses.every(({ destroyed }) => destroyed)).toBe(true);
  });

  it('give them back as well when the answer to the first one closes the connection', async () => {
    const { admission, port, responses } = await unanswering();
    const socket = connect(port, '127.0.0.1').resume();
    socket.write(REQUEST.repeat(3));
    await expect.poll(() => admission.underWay).toBe(3);
    responses[2]?.end('the third');
    responses[0]?.setHeader('connection', 'close').end('the first');
    await once(socket, 'close');
    await expect.poll(() => admission.underWay).toBe(0);
  });

  it('start one after the other from a write on, and together before it', async () => {
    const started: { method: string | undefined; answer: () => void }[] = [];
    const { port } = await listen((request, response) => {
      enterPipeline(request, response, () => started.push({ method: request.method, answer: () => response.end() }));
    }, boundPipelines);
    const socket = connect(port, '127.0.0.1').resume();
    onTestFinished(() => void socket.destroy());
    const methods = ['GET', 'HEAD', 'POST', 'OPTIONS', 'GET', 'DELETE'];
    for (const method of methods) socket.write(`${method} / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n`);
    const startedMethods = () => started.map(({ method }) => method);
    /** Answers the first request that has not been answered. Resolves when this has started `count` requests in all. */
    const answer = async (index: number, count: number) => {
      started[index]?.answer();
      await expect.poll(startedMethods).toEqual(methods.slice(0, count));
    };
    await expect.poll(startedMethods).toEqual(['GET', 'HEAD']);
    await answer(0, 2);
    await answer(1, 3);
    await answer(2, 5);
    await answer(3, 5);
    await answer(4, 6);
  });

  it('are not done behind an answer that closes the connection', async () => {
    const started: string[] = [];
    const { port } = await listen((request, response) => {
      enterPipeline(request, response, () => {
        started.push(request.url ?? '');
        response.setHeader('connection', 'close').end();
      });
    }, boundPipelines);
    const socket = connect(port, '127.0.0.1').resume();
    socket.write('POST /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(socket, 'close');
    expect(started).toEqual(['/1']);
  });

  it.each([
    ['text that is no request', 'HELO there\r\n\r\n', 400],
    ['more of it, later', 'HELO there\r\n\r\n', 400, 'HELO again\r\n\r\n'],
    ['a body that cannot be read', 'POST /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400],
    ['headers that are too large', `GET /3 HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('are answered before what comes behind them and cannot be read: %s', async (_what, bad, status, later = '') => {
    const { port } = await listenReal((request, response) => {
      if (request.url === '/3') return;
      setTimeout(() => response.end(`answer to ${request.url}`), 50);
    });
    const socket = connect(port, '127.0.0.1');
    const answer = text(socket);
    socket.write(`POST /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n${bad}`);
    if (later) setTimeout(() => socket.write(later), 20);
    expect((await answer).match(/HTTP\/1\.1 \d+|answer to ..|"detail"/g)).toEqual([
      'HTTP/1.1 200',
      'answer to /1',
      'HTTP/1.1 200',
      'answer to /2',
      `HTTP/1.1 ${status}`,
      '"detail"',
    ]);
  });

  it('are answered, and the one behind them that cannot be read is not started', async () => {
    const started: string[] = [];
    const { port } = await listenReal((request, response) => {
      started.push(request.url ?? '');
      setTimeout(() => response.end(), 50);
    });
    const behind = 'DELETE /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n';
    const answer = await sendRaw(port, `POST /1 HTTP/1.1\r\nHost: a\r\n\r\n${behind}`);
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
    expect(started).toEqual(['/1']);
  });

  it('are answered, and nothing else, when the last one closes the connection', async () => {
    const { port } = await listenReal((_request, response) => void setTimeout(() => response.end('done'), 50));
    const answer = await sendRaw(port, 'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nmore');
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*done$/s);
  });

  it('end with the client, although something that cannot be read is behind them', async () => {
    const closed: string[] = [];
    const { port } = await listenReal((request, response) => {
      response.write('a stream');
      response.once('close', () => closed.push(request.url ?? ''));
    });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /stream HTTP/1.1\r\nHost: a\r\n\r\nHELO there\r\n\r\n');
    await once(socket, 'data');
    expect(closed).toEqual([]);
    socket.end();
    await expect.poll(() => closed).toEqual(['/stream']);
  });

  it('read what the write before them has changed', async () => {
    const world = await openWorld();
    const socket = connect(Number(new URL(world.url).port), '127.0.0.1').setEncoding('utf8');
    onTestFinished(() => void socket.destroy());
    const key = tokenKey('editor2');
    const create =
      'mutation { createCampaign(input: { name: "Pipelined", group: { name: "Vets" } }) { userErrors { code } } }';
    socket.write(requestText('/graphql', { key, query: create }) + requestText('/api/v2/campaigns.json', { key }));
    let received = '';
    socket.on('data', (piece: string) => (received += piece));
    await expect.poll(() => received).toContain('"name":"Pipelined"');
  });

  it('are under way eight at a time, so that who reads no answers holds only these places', async () => {
    const { admission, port, responses } = await unanswering();
    const socket = connect(port, '127.0.0.1').resume();
    onTestFinished(() => void socket.destroy());
    socket.write(REQUEST.repeat(20));
    await expect.poll(() => admission.underWay).toBe(8);
    responses[0]?.end('the first');
    await expect.poll(() => responses.length).toBe(9);
    expect(admission.underWay).toBe(8);
  });

  it('are bounded on all connections together, and clients that wait for their answers are served beside them', async () => {
    let started = 0;
    const { port } = await listen(
      (request, response) => enterPipeline(request, response, () => (started += 1)),
      boundPipelines,
    );
    let open = 0;
    const closed: Promise<unknown>[] = [];
    const flood = Array.from({ length: 100 }, () => {
      const socket = connect(port, '127.0.0.1').resume();
      socket.on('error', () => {});
      open += 1;
      closed.push(once(socket, 'close').finally(() => (open -= 1)));
      socket.write(REQUEST.repeat(95));
      return socket;
    });
    // 94 requests of each connection are behind the first one, and 8,192 may be.
    await expect.poll(() => open).toBe(87);
    const before = started;
    const single = connect(port, '127.0.0.1').resume();
    onTestFinished(() => void single.destroy());
    single.write(REQUEST);
    await expect.poll(() => started).toBe(before + 1);
    // A connection that closes makes room for others.
    for (const socket of flood) socket.destroy();
    await Promise.all(closed);
    single.write(REQUEST.repeat(7));
    await expect.poll(() => started).toBe(before + 8);
  });

  it('are a hundred at most: one more closes the connection, and the workspace goes on', async () => {
    const world = await openWorld({ metricsToken: METRICS_TOKEN });
    const query = '{ viewer { role } }';
    const one = requestText('/graphql', { key: tokenKey('editor2'), query });
    // If the places were not given back, the workspace would have none left after these requests.
    for (let again = 0; again < 5; again++) {
      const socket = connect(Number(new URL(world.url).port), '127.0.0.1').resume();
      socket.on('error', () => {});
      // 300 are sent, not 101, because some may be answered before the last ones arrive.
      socket.end(one.repeat(300));
      await once(socket, 'close');
    }
    await expect.poll(() => readMetric(world.url, 'campaigns_requests_admitted')).toBe(0);
    expect((await world.as('editor2').ask(query)).status).toBe(200);
  });
});
