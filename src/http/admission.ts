import type { ServerResponse } from 'node:http';
import { Counts } from '../memory/counts.ts';
import { RoundRobin } from '../waiting/round-robin.ts';
import { Deadline } from './deadline.ts';
import type { RequestTurns } from './request-turns.ts';
import type { TurnKey } from './turns.ts';

/** How many requests may be under way, and how many may wait for that. */
export interface RequestBound {
  readonly underWay: number;
  readonly waiting: number;
}

export interface AdmissionBounds {
  readonly process: RequestBound;
  readonly workspace: RequestBound;
}

/**
 * A workspace may have two whole batches of writes under way (see WriteQueue), and one workspace cannot fill the process.
 * What waits is small: the headers of a request, and as much of its body as Node buffers.
 */
const BOUNDS: AdmissionBounds = {
  process: { underWay: 1_024, waiting: 2_048 },
  workspace: { underWay: 128, waiting: 256 },
};

/**
 * Requests that are passed on to an account take as long as the account does. None of them waits, because what waits would only reach the
 * account later.
 */
export const PASSED_ON_BOUNDS: AdmissionBounds = {
  process: { underWay: 512, waiting: 0 },
  workspace: { underWay: 64, waiting: 0 },
};

/** The place of a request among those under way. */
export interface Place {
  /** Gives the place back before the response is closed. */
  leave(): void;
}

/** What callers are told of a request that is not admitted. */
export const OVERLOADED_MESSAGE =
  'The server, or this workspace, is handling as many requests as it can. Nothing was done; try again later.';

/**
 * Admits the requests whose workspace is known, so that what is under way and what waits is bounded, for each workspace
 * and in all. Workspaces take turns: what one of them sends does not keep the others waiting. A workspace without a request under way
 * has a place even when the process has none left, because others may hold theirs for as long as they take to send a body.
 */
export class Admission {
  readonly #turns: RequestTurns;
  readonly #timeout: number;
  readonly #bounds: AdmissionBounds;
  readonly #underWay = new Counts<TurnKey>();
  readonly #waiting = new RoundRobin<TurnKey, { admit(): void }>();
  #total = 0;

  /** @param timeout How long a request may wait for its place, in ms. */
  constructor(turns: RequestTurns, timeout: number, bounds: AdmissionBounds = BOUNDS) {
    this.#turns = turns;
    this.#timeout = timeout;
    this.#bounds = bounds;
  }

  /** How many requests have been admitted and not been answered yet. */
  get underWay(): number {
    return this.#total;
  }

  /** How many requests wait to be admitted. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Resolves with a place when the request may go on. The request is under way until its response is closed or it gives the
   * place back. Resolves with null when there are too many requests already, which is known at once, when the request has waited
   * for too long, or when its client goes away meanwhile.
   */
  async admit(workspace: TurnKey, response: ServerResponse): Promise<Place | null> {
    if (response.destroyed) return null;
    let place: Place | null;
    if (this.#waiting.sizeOf(workspace) > 0 || !this.#hasPlace(workspace)) {
      place = this.#isFull(workspace) ? null : await this.#wait(workspace, response);
    } else place = this.#take(workspace, response);
    if (place) await this.#turns.ofWorkspace(workspace, response.req);
    return place;
  }

  #hasPlace(workspace: TurnKey): boolean {
    const { process, workspace: own } = this.#bounds;
    const underWay = this.#underWay.of(workspace);
    return underWay === 0 || (this.#total < process.underWay && underWay < own.underWay);
  }

  #isFull(workspace: TurnKey): boolean {
    const { process, workspace: own } = this.#bounds;
    return this.#waiting.isFull(workspace, { total: process.waiting, perKey: own.waiting });
  }

  /** Resolves with the place of the request; null when it has waited for too long, or its client has gone away. */
  #wait(workspace: TurnKey, response: ServerResponse): Promise<Place | null> {
    return new Promise((resolve) => {
      const waiter = {
        admit: () => {
          deadline.cancel();
          response.off('close', leave);
          resolve(this.#take(workspace, response));
        },
      };
      const leave = () => {
        deadline.cancel();
        response.off('close', leave);
        this.#waiting.remove(workspace, waiter);
        resolve(null);
      };
      const deadline = new Deadline(this.#timeout, leave);
      this.#waiting.push(workspace, waiter);
      response.once('close', leave);
    });
  }

  #take(workspace: TurnKey, response: ServerResponse): Place {
    this.#total++;
    this.#underWay.up(workspace);
    let taken = true;
    const leave = () => {
      response.off('close', leave);
      if (taken) this.#giveBack(workspace);
      taken = false;
    };
    response.once('close', leave);
    return { leave };
  }

  #giveBack(workspace: TurnKey): void {
    this.#total--;
    this.#underWay.down(workspace);
    this.#waiting.shift((key) => this.#hasPlace(key))?.item.admit();
  }
}
