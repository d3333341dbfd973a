import type { MirroredCampaign } from '../model/mirror-campaigns.ts';
import type { MirroredGroup } from '../model/mirror-groups.ts';
import { isRecord } from '../encoding/is-record.ts';
import { parseJson } from '../encoding/parse-json.ts';
import { secondsToWait } from '../encoding/retry-after.ts';
import { SECOND } from '../model/time.ts';
import type { Unanswered } from './account-connections.ts';
import { AccountConnections } from './account-connections.ts';
import type { Account } from './accounts.ts';
import type { AccountPage, AccountWorkspace } from './answers.ts';
import {
  readCampaign,
  readDefinedCampaigns,
  readGroup,
  readNothing,
  readPage,
  readWorkspace,
  UnreadableAnswer,
} from './answers.ts';
import { LONGEST_WAIT } from './schedule.ts';

/** How long, in ms, an account may take for a whole answer. */
const TIMEOUT = 20_000;

/** The same limit, in ms, for a write and for each read that checks its result. It is shorter, because the caller waits for all of them. */
export const WRITE_TIMEOUT = 6_000;

/** How many UUIDs `definitions.json` is asked for at once, so that its address stays short enough for every server. */
export const MAX_DEFINITIONS = 80;

/** The result of a request. An expected failure is a value: the caller decides what to do about it. */
export type Outcome<Value> = { readonly kind: 'ok'; readonly value: Value } | Failure;

export type Failure =
  /**
   * The account understood and refused: 400 with the errors of fields, 404, 403 for a system group ... `body` is the JSON that it
   * answered; null or undefined when it was no JSON.
   */
  | { readonly kind: 'refused'; readonly status: number; readonly body: unknown }
  /** 429. `retryAfter` is in seconds. */
  | { readonly kind: 'rate-limited'; readonly retryAfter: number }
  /** 401 or 403: the token has no access, or none any more. */
  | { readonly kind: 'unauthorised'; readonly status: number }
  | Unanswered;

/** The account's `next` leads in a circle. */
export const ENDLESS: Failure = {
  kind: 'unknown',
  reason: 'Its list has no end: the "next" of a page leads to rows that were read before.',
};

/**
 * Sends requests of API v2 to one account. It does not count requests, and does not wait between them: see `budget.ts` and the
 * callers. The `reason` of a failure never contains an address or a token.
 */
export class AccountClient {
  readonly url: string;
  readonly #account: Account;
  readonly #authorization: string;
  readonly #timeout: number;
  readonly #connections: AccountConnections;

  constructor(
    account: Account,
    timeout = TIMEOUT,
    connections = new AccountConnections(account.url),
    authorization = `Token ${account.token}`,
  ) {
    this.url = account.url;
    this.#account = account;
    this.#authorization = authorization;
    this.#timeout = timeout;
    this.#connections = connections;
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
    return this.#ask('DELETE', address('groups', { uuid }), readNothing);
  }

  /** Aborts all running requests, also those of `as` and `forWrites`. Later requests are not sent, because they would delay a stop. */
  close(): void {
    this.#connections.close();
  }

  async #ask<Value>(
    method: string,
    path: string,
    read: (body: unknown) => Value,
    input?: object,
  ): Promise<Outcome<Value>> {
    const answer = await this.#connections.send({
      method,
      path,
      body: input && JSON.stringify(input),
      authorization: this.#authorization,
      timeout: this.#timeout,
    });
    if (answer.kind !== 'answered') return answer;
    const { status, headers, text } = answer;
    // undefined: there is no body. null: it is no JSON.
    const body = text === '' ? undefined : (parseJson(text) ?? null);
    if (status >= 200 && status < 300) {
      try {
        return { kind: 'ok', value: read(body) };
      } catch (error) {
        if (!(error instanceof UnreadableAnswer)) throw error;
        return { kind: 'unknown', reason: `Its answer is not that of API v2: ${error.message}.` };
      }
    }
    if (status === 429) return { kind: 'rate-limited', retryAfter: retryAfter(headers['retry-after']) };
    if (status === 401 || (status === 403 && !isOfSystemObject(body))) {
      // API v2 refuses in JSON. A page of a proxy or a firewall in front of it says nothing about the token.
      if (body === null) return { kind: 'unknown', reason: `It answered ${status}, and not as API v2 does.` };
      return { kind: 'unauthorised', status };
    }
    if (status >= 400 && status < 500) return { kind: 'refused', status, body };
    // A redirect or an error of the server does not tell the result of the request.
    return { kind: 'unknown', reason: `It answered ${status}.` };
  }
}

function address(list: 'campaigns' | 'groups', parameters: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== null) query.set(name, value);
  return `/api/v2/${list}.json${query.size > 0 ? `?${query.toString()}` : ''}`;
}

/** "Cannot modify system object." and "Cannot delete system object." are 403 too, and say nothing about the token. */
function isOfSystemObject(body: unknown): boolean {
  const detail = isRecord(body) ? body.detail : null;
  return typeof detail === 'string' && detail.startsWith('Cannot ');
}

/** In seconds: at least 1, at most an hour, because the account's limit is per hour. A minute when the account gives no time. */
function retryAfter(header: string | undefined): number {
  const seconds = secondsToWait(header, Date.now()) ?? 60;
  return Math.min(Math.max(seconds, 1), LONGEST_WAIT / SECOND);
}
