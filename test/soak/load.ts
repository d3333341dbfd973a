import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A workspace of the database that is under load. */
export interface LoadedWorkspace {
  readonly key: string;
  /** UUIDs of campaigns. */
  readonly campaigns: readonly string[];
  /** A group's UUID. */
  readonly group: string;
}

export interface Load {
  /** Sends requests for `seconds`, on `clients` connections, each as soon as the last one is answered. Returns requests a second. */
  capacity(clients: number, seconds: number): Promise<number>;
  /** Sends requests at a steady rate, whether they are answered or not, for `seconds`. */
  run(perSecond: number, seconds: number): Promise<void>;
  /** How many requests were answered. */
  readonly answered: number;
  /** The wrong answers, each with its number. */
  readonly wrong: ReadonlyMap<string, number>;
  /** Closes all connections. */
  rest(): Promise<void>;
}

const WRONG_KEY = 'wrong';

/** Strangers have their own address, because failed authentication may be limited by address. */
const STRANGERS_ADDRESS = '127.0.0.2';

/** How many requests of a steady load may be unanswered. Further ones are not sent, and count as wrong answers. */
const MAX_UNANSWERED = 500;

interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly key?: string;
  readonly body?: object | string;
  /** The expected statuses. */
  readonly right: readonly number[];
}

/**
 * A mixed load like that of users: pages, single objects, searches and counts over GraphQL and REST, writes, the console's pages, and
 * strangers with wrong tokens and malformed requests. The sequence is the same in every run.
 */
export function createLoad(url: URL, workspaces: readonly LoadedWorkspace[]): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const strangers = new Agent({ keepAlive: true, maxSockets: 8 });
  const wrong = new Map<string, number>();
  let answered = 0;
  let unanswered = 0;
  let sequence = 0;

  const isQuiet = () => unanswered === 0;

  function note(what: string): void {
    wrong.set(what, (wrong.get(what) ?? 0) + 1);
  }

  async function send({ method = 'POST', path, key, body, right }: Sent): Promise<string> {
    const stranger = key === undefined || key === WRONG_KEY;
    const text = typeof body === 'object' ? JSON.stringify(body) : body;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(
        {
          host: url.hostname,
          port: url.port,
          method,
          path,
          agent: stranger ? strangers : agent,
          ...(stranger && { localAddress: STRANGERS_ADDRESS }),
          headers: {
            ...(key !== undefined && { authorization: `Token ${key}` }),
            ...(text !== undefined && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(text),
            }),
          },
        },
        resolve,
      )
        .once('error', reject)
        .end(text);
    });
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    answered += 1;
    const answer = Buffer.concat(chunks).toString();
    const status = response.statusCode ?? 0;
    if (!right.includes(status)) note(`${method} ${path.split('?')[0]}: ${status} ${answer.slice(0, 200)}`);
    else if (status === 200 && path === '/graphql' && /"(errors|userErrors)":\[\{/.test(answer))
      note(answer.slice(0, 200));
    return answer;
  }

  const graphql = (key: string, query: string, variables: object = {}) =>
    send({ path: '/graphql', key, body: { query, variables }, right: [200] });
  const get = (path: string, key?: string, right = [200]) =>
    send({ method: 'GET', path, right, ...(key !== undefined && { key }) });

  /** The request at a place in the sequence. Every hundred requests have the same mixture. */
  async function one(place: number): Promise<unknown> {
    const { key, campaigns, group } = workspaces[place % workspaces.length] ?? { key: '', campaigns: [], group: '' };
    const uuid = campaigns[(place * 7919) % campaigns.length] ?? '';
    const kind = (place * 37) % 100;
    if (kind < 28) return graphql(key, PAGE, { first: 50 });
    if (kind < 43) return graphql(key, ONE, { uuid });
    if (kind < 50) return graphql(key, NESTED);
    if (kind < 56) return graphql(key, SEARCH, { search: WORDS[place % WORDS.length] });
    // Many different documents, of which the server keeps some.
    if (kind < 60)
      return graphql(key, `{ campaigns(first: ${1 + (Math.floor(place / 100) % 200)}) { nodes { uuid } } }`);
    if (kind < 70) return get('/api/v2/campaigns.json', key);
    if (kind < 75) return get(`/api/v2/campaigns.json?uuid=${uuid}`, key);
    if (kind < 80) return get('/api/v2/groups.json', key);
    if (kind < 83) return graphql(key, UPDATE, { uuid, name: `Changed ${place}` });
    if (kind < 85)
      return send({
        path: `/api/v2/campaigns.json?uuid=${uuid}`,
        key,
        body: { name: `Posted ${place}`, group },
        right: [200],
      });
    if (kind < 87) return createAndDelete(key, group, place);
    if (kind < 89)
      return send({ path: '/graphql', key: WRONG_KEY, body: { query: '{ viewer { role } }' }, right: [401, 429] });
    if (kind < 90) return get('/api/v2/campaigns.json', WRONG_KEY, [403, 429]);
    if (kind < 91) return send({ path: '/graphql', key, body: '{"query": ', right: [400] });
    if (kind < 92) return send({ path: '/graphql', key, body: { query: '{ nothing }' }, right: [400] });
    if (kind < 93) return malformed();
    if (kind < 94) return abandoned(key);
    if (kind < 96) return get('/');
    if (kind < 97) return get('/graphiql');
    if (kind < 98) return get('/api/v2/nothing.json', key, [404]);
    return get(kind < 99 ? '/healthz' : '/readyz');
  }

  async function createAndDelete(key: string, group: string, place: number): Promise<void> {
    const answer = await graphql(key, CREATE, { name: `Created ${place}`, group });
    const [, uuid] = /"uuid":"([^"]+)"/.exec(answer) ?? [];
    if (uuid) await graphql(key, DELETE, { uuid });
    else note(`not created: ${answer.slice(0, 200)}`);
  }

  /** Bytes that are not HTTP. */
  function malformed(): Promise<void> {
    return new Promise((resolve) => {
      const socket = connect({ host: url.hostname, port: Number(url.port), localAddress: STRANGERS_ADDRESS });
      socket.on('error', () => {}).on('close', () => resolve());
      socket.resume().end('NOT HTTP\r\n\r\n');
    });
  }

  /** A request whose caller disconnects while it is answered. */
  function abandoned(key: string): Promise<void> {
    return new Promise((resolve) => {
      const socket = connect({ host: url.hostname, port: Number(url.port) });
      socket.on('error', () => {}).on('close', () => resolve());
      socket.write(`GET /api/v2/campaigns.json HTTP/1.1\r\nHost: x\r\nAuthorization: Token ${key}\r\n\r\n`, () =>
        socket.destroy(),
      );
    });
  }

  async function next(): Promise<void> {
    unanswered += 1;
    try {
      await one(sequence++);
    } catch (error) {
      note(String(error));
    } finally {
      unanswered -= 1;
    }
  }

  return {
    wrong,
    get answered() {
      return answered;
    },
    async capacity(clients, seconds) {
      const [before, started] = [sequence, performance.now()];
      const end = started + seconds * 1000;
      const client = async () => {
        while (performance.now() < end) await next();
      };
      await Promise.all(Array.from({ length: clients }, client));
      return ((sequence - before) / (performance.now() - started)) * 1000;
    },
    async run(perSecond, seconds) {
      const started = performance.now();
      let sent = 0;
      for (;;) {
        const elapsed = (performance.now() - started) / 1000;
        if (elapsed >= seconds) return;
        for (; sent < elapsed * perSecond; sent += 1) {
          if (unanswered < MAX_UNANSWERED) void next();
          else note(`more than ${MAX_UNANSWERED} requests were unanswered`);
        }
        await wait(10);
      }
    },
    async rest() {
      while (!isQuiet()) await wait(20);
      agent.destroy();
      strangers.destroy();
      // The server needs a moment to notice this.
      await wait(500);
    },
  };
}

const PAGE = `query Page($first: Int) {
  campaigns(first: $first) { edges { cursor node { uuid name createdOn group { uuid name } } } pageInfo { hasNextPage } }
}`;
const ONE = 'query One($uuid: UUID!) { campaign(uuid: $uuid) { name archived group { name } } }';
const NESTED = `query Nested {
  groups(first: 5) { totalCount nodes { name campaigns(first: 5) { totalCount nodes { name } } } }
}`;
const SEARCH = 'query Search($search: String) { campaigns(first: 20, filter: { search: $search }) { nodes { name } } }';
const UPDATE = `mutation Update($uuid: UUID!, $name: String!) {
  updateCampaign(input: { uuid: $uuid, name: $name }) { campaign { name } userErrors { message } }
}`;
const CREATE = `mutation Create($name: String!, $group: UUID!) {
  createCampaign(input: { name: $name, group: { uuid: $group } }) { campaign { uuid } userErrors { message } }
}`;
const DELETE = `mutation Delete($uuid: UUID!) {
  deleteCampaign(input: { uuid: $uuid }) { userErrors { message } }
}`;
const WORDS = ['campaign', 'changed', '12', 'élevage', 'posted 3', 'zz', 'reminder'];
