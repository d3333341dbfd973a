import type { Agent, IncomingMessage } from 'node:http';
import type { MirroredCampaign } from '../model/mirror-campaigns.ts';
import type { MirroredGroup } from '../model/mirror-groups.ts';
import { isRecord } from '../encoding/is-record.ts';
import { clientFor } from '../node-http.ts';
import { SECOND } from '../model/time.ts';
import type { Account } from './accounts.ts';
import type { AccountPage, AccountWorkspace } from './answers.ts';
import { readCampaign, readDefinedCampaigns, readGroup, readPage, readWorkspace, UnreadableAnswer } from './answers.ts';
import { LONGEST_WAIT } from './schedule.ts';

/** How long, in ms, an account may take for a whole answer. */
const TIMEOUT = 20_000;

/** The same limit, in ms, for a write and for each read that checks its result. It is shorter, because the caller waits for all of them. */
export const WRITE_TIMEOUT = 6_000;

/** How many bytes of an answer are read. A page of 250 campaigns has about 60 kB. */
const MAX_ANSWER = 8 * 1024 * 1024;

/** Connections stay open for further requests until they have been idle for this time in ms. */
const IDLE = 30_000;

/** How many UUIDs `definitions.json` is asked for at once, so that its address stays short enough for every server. */
export const MAX_DEFINITIONS = 80;

/** The result of a request. An expected failure is a value: the caller decides what to do about it. */
export type Outcome<Value> = { readonly kind: 'ok'; readonly value: Value } | Failure;

export type Failure =
  /**
   * The account understood and refused: 400 with the errors of fields, 404, 403 for a system group ... `body` is the JSON that it
   * answered; null when it was no JSON.
   */
  | { readonly kind: 'refused'; readonly status: number; readonly body: unknown }
  /** 429. `retryAfter` is in seconds. */
  | { readonly kind: 'rate-limited'; readonly retryAfter: number }
  /** 401 or 403: the token has no access, or none any more. */
  | { readonly kind: 'unauthorised'; readonly status: number }
  /** Nothing was sent: the server cannot be reached. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** The request was sent, and no answer tells its result. A write may have been carried out. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** What clients of the same server share. */
interface Connections {
  readonly agent: Agent;
  isClosed: boolean;
}

/**
 * Sends requests of API v2 to one account. It does not count requests, and does not wait between them: see `budget.ts` and the
 * callers. The `reason` of a failure never contains an address or a token.
 */
export class AccountClient {
  readonly url: string;
  readonly #account: Account;
  readonly #authorization: string;
  readonly #timeout: number;
  readonly #connections: Connections;

  constructor(
    account: Account,
    timeout = TIMEOUT,
    connections?: Connections,
    authorization = `Token ${account.token}`,
  ) {
    const { url } = account;
    this.url = url;
    this.#account = account;
    this.#authorization = authorization;
    this.#timeout = timeout;
    this.#connections = connections ?? {
      agent: new (clientFor(url).Agent)({ keepAlive: true, timeout: IDLE }),
      isClosed: false,
    };
  }

  /** A client of the same server that sends another caller's Authorization header. They share connections. */
  as(authorization: string): AccountClient {
    return new AccountClient(this.#account, this.#timeout, this.#connections, authorization);
  }

  /** A client for writes that callers wait for. They share connections. */
  forWrites(timeout = WRITE_TIMEOUT): AccountClient {
    return new AccountClient(this.#account, timeout, this.#connections, this.#authorization);
  }

  /** The workspace of the token. */
  workspace(): Promise<Outcome<AccountWorkspace>> {
    return this.#ask('GET', '/api/v2/workspace.json', readWorkspace);
  }

  /** A page of the campaigns that are not archived, newest first. null: the first page. */
  campaigns(cursor: string | null): Promise<Outcome<AccountPage<MirroredCampaign>>> {
    return this.#ask('GET', address('campaigns', { cursor }), (body) => readPage(body, readCampaign));
  }

  /** A page of the groups, newest first. null: the first page. */
  groups(cursor: string | null): Promise<Outcome<AccountPage<MirroredGroup>>> {
    return this.#ask('GET', address('groups', { cursor }), (body) => readPage(body, readGroup));
  }

  /** The campaign; null when it is archived, deleted or unknown. */
  campaign(uuid: string): Promise<Outcome<MirroredCampaign | null>> {
    return this.#ask('GET', address('campaigns', { uuid }), (body) => readPage(body, readCampaign).rows[0] ?? null);
  }

  /** The group; null when it is deleted or unknown. */
  group(uuid: string): Promise<Outcome<MirroredGroup | null>> {
    return this.#ask('GET', address('groups', { uuid }), (body) => readPage(body, readGroup).rows[0] ?? null);
  }

  /** The group of a name; null when there is none. */
  groupNamed(name: string): Promise<Outcome<MirroredGroup | null>> {
    return this.#ask('GET', address('groups', { name }), (body) => readPage(body, readGroup).rows[0] ?? null);
  }

  /**
   * The campaigns among `uuids` that are not deleted, archived ones included. `uuids` has at most MAX_DEFINITIONS entries. The endpoint
   * is deprecated, and not every server has it: the outcome is `refused` when it is missing.
   */
  definedCampaigns(uuids: readonly string[]): Promise<Outcome<ReadonlySet<string>>> {
    const query = new URLSearchParams({ dependencies: 'none' });
    for (const uuid of uuids) query.append('campaign', uuid);
    return this.#ask('GET', `/api/v2/definitions.json?${query.toString()}`, readDefinedCampaigns);
  }

  /** `group` is a UUID or a name. The account answers this and each update with the object as it is now. */
  createCampaign(input: { readonly name: string; readonly group: string }): Promise<Outcome<MirroredCampaign>> {
    return this.#ask('POST', address('campaigns', {}), readCampaign, input);
  }

  /** The account wants the name and the group with every update. `group` is a UUID or a name. */
  updateCampaign(
    uuid: string,
    input: { readonly name: string; readonly group: string },
  ): Promise<Outcome<MirroredCampaign>> {
    return this.#ask('POST', address('campaigns', { uuid }), readCampaign, input);
  }

  createGroup(input: { readonly name: string }): Promise<Outcome<MirroredGroup>> {
    return this.#ask('POST', address('groups', {}), readGroup, input);
  }

  updateGroup(uuid: string, input: { readonly name: string }): Promise<Outcome<MirroredGroup>> {
    return this.#ask('POST', address('groups', { uuid }), readGroup, input);
  }

  deleteGroup(uuid: string): Promise<Outcome<null>> {
    return this.#ask('DELETE', address('groups', { uuid }), () => null);
  }

  /** Aborts all running requests, also those of `as` and `forWrites`. Later requests are not sent, because they would delay a stop. */
  close(): void {
    this.#connections.isClosed = true;
    this.#connections.agent.destroy();
  }

  async #ask<Value>(
    method: string,
    path: string,
    read: (body: unknown) => Value,
    input?: object,
  ): Promise<Outcome<Value>> {
    const sent = await this.#send(method, path, input === undefined ? undefined : JSON.stringify(input));
    if ('failure' in sent) return sent.failure;
    const { status, headers, text } = sent;
    const body = parsed(text);
    if (status >= 200 && status < 300) {
      try {
        return { kind: 'ok', value: read(body) };
      } catch (error) {
        if (!(error instanceof UnreadableAnswer)) throw error;
        return { kind: 'unknown', reason: `Its answer is not that of API v2: ${error.message}.` };
      }
    }
    if (status === 429) return { kind: 'rate-limited', retryAfter: retryAfter(headers['retry-after']) };
    if (status === 401 || (status === 403 && !isOfSystemObject(body))) return { kind: 'unauthorised', status };
    if (status >= 400 && status < 500) return { kind: 'refused', status, body };
    // A redirect or an error of the server does not tell the result of the request.
    return { kind: 'unknown', reason: `It answered ${status}.` };
  }

  /** Resolves when the whole answer is there. Redirects are not followed, because they would take the token elsewhere. */
  #send(method: string, path: string, body: string | undefined): Promise<Answer | { readonly failure: Failure }> {
    const { agent, isClosed } = this.#connections;
    if (isClosed) return Promise.resolve({ failure: { kind: 'unreachable', reason: 'This server is stopping.' } });
    return new Promise((resolve) => {
      const request = clientFor(this.url).request(`${this.url}${path}`, {
        method,
        agent,
        headers: {
          authorization: this.#authorization,
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': 'campaigns-gateway',
          ...(body !== undefined && {
            'content-type': 'application/json',
            'content-length': String(Buffer.byteLength(body)),
          }),
        },
      });
      let isSent = false;
      let hasFailed = false;
      const fail = (reason: string): void => {
        hasFailed = true;
        clearTimeout(timer);
        request.destroy();
        resolve({ failure: { kind: isSent ? 'unknown' : 'unreachable', reason } });
      };
      const timer = setTimeout(
        () => fail(`There was no answer within ${this.#timeout / 1000} seconds.`),
        this.#timeout,
      );
      request.on('socket', (socket) => {
        const connected = this.url.startsWith('https:') ? 'secureConnect' : 'connect';
        if (socket.connecting) socket.once(connected, () => (isSent = true));
        else isSent = true;
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        // Destroying the request makes an error of its own, which must not look like one of the connection.
        if (hasFailed) return;
        // The account had closed an idle connection at the moment when it was used again. A write is not repeated: it may have arrived.
        if (method === 'GET' && request.reusedSocket && error.code === 'ECONNRESET') {
          clearTimeout(timer);
          resolve(this.#send(method, path, body));
          return;
        }
        fail(`The connection failed: ${error.code ?? 'the certificate or the protocol is wrong'}.`);
      });
      request.on('response', (response) => {
        const pieces: Buffer[] = [];
        let length = 0;
        response.on('data', (piece: Buffer) => {
          length += piece.length;
          if (length > MAX_ANSWER) fail(`Its answer is longer than ${MAX_ANSWER / 1024 / 1024} MB.`);
          else pieces.push(piece);
        });
        response.on('error', () => fail('The connection broke off.'));
        response.on('end', () => {
          clearTimeout(timer);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(pieces).toString('utf8'),
          });
        });
      });
      request.end(body);
    });
  }
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

function address(list: 'campaigns' | 'groups', parameters: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== null) query.set(name, value);
  return `/api/v2/${list}.json${query.size > 0 ? `?${query.toString()}` : ''}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** "Cannot modify system object." and "Cannot delete system object." are 403 too, and say nothing about the token. */
function isOfSystemObject(body: unknown): boolean {
  const detail = isRecord(body) ? body.detail : null;
  return typeof detail === 'string' && detail.startsWith('Cannot ');
}

/** In seconds: at least 1, at most an hour, because the account's limit is per hour. A minute when the account gives no time. */
function retryAfter(header: string | undefined): number {
  const seconds = /^\d+$/.test(header ?? '') ? Number(header) : 60;
  return Math.min(Math.max(seconds, 1), LONGEST_WAIT / SECOND);
}
