import type { Micros } from '../database/tables.ts';
import type { MirroredCampaign } from '../model/mirror-campaigns.ts';
import type { MirroredGroup } from '../model/mirror-groups.ts';
import type { AccountClient, Failure, Outcome } from './account-client.ts';
import { MAX_DEFINITIONS } from './account-client.ts';
import type { AccountPage } from './answers.ts';
import type { Spent } from './budget.ts';
import { RequestBudget } from './budget.ts';
import type { ListName } from './progress.ts';

/** A page of one of the account's lists, newest first. */
export type ListPage =
  | ({ readonly list: 'groups' } & AccountPage<MirroredGroup>)
  | ({ readonly list: 'campaigns' } & AccountPage<MirroredCampaign>);

/** A step of the follower has ended early, because the account did not give what was asked for. */
export class RequestFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(`a request to the account has failed: ${failure.kind}`);
    this.failure = failure;
  }
}

/** Reads an account for its follower, and counts the requests. */
export class AccountReader {
  readonly #client: AccountClient;
  readonly #clock: () => Micros;
  #budget: RequestBudget;
  /** Whether the account has `definitions.json`. null: that is not known yet. */
  #hasDefinitions: boolean | null = null;
  #lastAnswer: Micros | null = null;
  #requests = 0;

  /** @param share Requests an hour. */
  constructor(client: AccountClient, share: number, clock: () => Micros) {
    this.#client = client;
    this.#budget = new RequestBudget(share);
    this.#clock = clock;
  }

  /** Continues the request count of another follower, or of an earlier start. Resets everything else. */
  takeOver(spent: Spent): void {
    this.#budget = new RequestBudget(this.#budget.share, spent);
    this.#hasDefinitions = null;
    this.#lastAnswer = null;
    this.#requests = 0;
  }

  get budget(): RequestBudget {
    return this.#budget;
  }

  /** When the account last answered with what was asked for. */
  get lastAnswer(): Micros | null {
    return this.#lastAnswer;
  }

  /** How many requests were made since the last call. */
  takeRequests(): number {
    const requests = this.#requests;
    this.#requests = 0;
    return requests;
  }

  /** The value that the account answers a request with. Throws RequestFailed. */
  async read<Value>(request: (client: AccountClient) => Promise<Outcome<Value>>): Promise<Value> {
    const outcome = await this.#send(request);
    if (outcome.kind === 'ok') return outcome.value;
    throw new RequestFailed(outcome);
  }

  /** A page of a list, the first one without a cursor. Throws RequestFailed. */
  async page(list: ListName, cursor: string | null): Promise<ListPage> {
    if (list === 'groups') return { list, ...(await this.read((client) => client.groups(cursor))) };
    return { list, ...(await this.read((client) => client.campaigns(cursor))) };
  }

  /**
   * The campaigns among `uuids` that exist, archived ones included. Returns null when the account cannot tell, because not every server
   * has `definitions.json`. Throws RequestFailed.
   */
  async defined(uuids: readonly string[]): Promise<ReadonlySet<string> | null> {
    const found = new Set<string>();
    for (let start = 0; start < uuids.length; start += MAX_DEFINITIONS) {
      if (this.#hasDefinitions === false) return null;
      const outcome = await this.#send((client) =>
        client.definedCampaigns(uuids.slice(start, start + MAX_DEFINITIONS)),
      );
      if (outcome.kind === 'refused') this.#hasDefinitions = false;
      else if (outcome.kind !== 'ok') throw new RequestFailed(outcome);
      else for (const uuid of outcome.value) found.add(uuid);
    }
    return this.#hasDefinitions === false ? null : found;
  }

  async #send<Value>(request: (client: AccountClient) => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
    const outcome = await request(this.#client);
    // The account does not count requests that did not reach it, or that it has rate-limited.
    if (outcome.kind !== 'unreachable' && outcome.kind !== 'rate-limited') {
      this.#budget.spend(this.#clock());
      this.#requests += 1;
    }
    if (outcome.kind === 'ok') this.#lastAnswer = this.#clock();
    return outcome;
  }
}
