import type { ServerResponse } from 'node:http';
import { Counts } from '../../memory/counts.ts';
import { LoopTurns } from '../../waiting/loop-turns.ts';

/** How many streams may be open. A stream takes memory for as long as it is open, and work for each change. */
export interface StreamBounds {
  readonly process: number;
  readonly workspace: number;
  readonly token: number;
}

const BOUNDS: StreamBounds = { process: 5_000, workspace: 1_000, token: 100 };

/** What callers are told of a stream that is not opened. */
export const TOO_MANY_STREAMS_MESSAGE =
  'The token, the workspace or the server has as many open streams as it can have. Close another one first.';

/** When a caller may try again, in seconds, after a stream was not opened: the Retry-After of the 429. */
export const TOO_MANY_STREAMS_RETRY_AFTER = 30;

/** How often, in ms, the tokens of the open streams are checked. */
const LOOK_INTERVAL = 250;

/** Why a stream has ended. Only a client whose token is not valid any more has no reason to come back. */
export type EndReason = 'client gone' | 'token refused' | 'role changed' | 'server stops';

/** The reason of an ended stream's signal. */
export class StreamEnded extends Error {
  readonly reason: EndReason;

  constructor(reason: EndReason) {
    super(`The stream has ended: ${reason}.`);
    this.reason = reason;
  }
}

/** Whose stream it is. */
export interface StreamOwner {
  readonly workspace: number;
  /** The id of the token. */
  readonly token: number;
  /** The role with which the stream was opened. It decides what the stream shows. */
  readonly role: string | null;
  /** The role that the token gives now; null when it may not be used any more. A rejection means that this is not known. */
  readonly roleNow: () => Promise<string | null>;
}

/** An answer without an end. */
export interface OpenStream {
  /** Aborts when the stream is over, with a StreamEnded as its reason. */
  readonly signal: AbortSignal;
  /** Ends the stream, with `client gone` as the reason. */
  close(): void;
}

interface Entry {
  readonly owner: StreamOwner;
  end(reason: EndReason): void;
}

/**
 * The open streams of this process. Each ends when its client goes, when its token is refused or gives another role, and when the server
 * stops.
 */
export class OpenStreams {
  readonly #bounds: StreamBounds;
  readonly #entries = new Set<Entry>();
  readonly #workspaces = new Counts<number>();
  readonly #tokens = new Counts<number>();
  #clock: NodeJS.Timeout | undefined;
  #isLooking = false;

  constructor(bounds: StreamBounds = BOUNDS) {
    this.#bounds = bounds;
  }

  /** How many streams are open. */
  get size(): number {
    return this.#entries.size;
  }

  /** Opens a stream over the response; null when the owner, or the process, has as many as it may. */
  open(owner: StreamOwner, response: ServerResponse): OpenStream | null {
    const { process, workspace, token } = this.#bounds;
    if (
      this.#entries.size >= process ||
      this.#workspaces.of(owner.workspace) >= workspace ||
      this.#tokens.of(owner.token) >= token
    ) {
      return null;
    }
    const controller = new AbortController();
    const entry: Entry = {
      owner,
      end: (reason) => {
        if (!this.#entries.delete(entry)) return;
        this.#workspaces.down(owner.workspace);
        this.#tokens.down(owner.token);
        if (this.#entries.size === 0) clearInterval(this.#clock);
        controller.abort(new StreamEnded(reason));
      },
    };
    if (this.#entries.size === 0) this.#clock = setInterval(() => void this.#look(), LOOK_INTERVAL).unref();
    this.#entries.add(entry);
    this.#workspaces.up(owner.workspace);
    this.#tokens.up(owner.token);
    const close = () => entry.end('client gone');
    if (response.destroyed) close();
    else response.once('close', close);
    return { signal: controller.signal, close };
  }

  /** Ends all streams in such a way that their clients come back, to another process or to the next one. */
  endAll(): void {
    for (const entry of [...this.#entries]) entry.end('server stops');
  }

  /** Ends the streams whose tokens are refused, or give another role. Each token is looked at once. */
  async #look(): Promise<void> {
    // A database that hangs would otherwise get another statement for each token at each interval.
    if (this.#isLooking) return;
    this.#isLooking = true;
    const turns = new LoopTurns();
    // One after the other, because there may be thousands, and each may take a statement, for which others would wait.
    for (const entries of Map.groupBy(this.#entries, ({ owner }) => owner.token).values()) {
      await turns.next();
      // Without an answer of the database, the state of the token is unknown. No change can be read then either.
      const role = await entries[0]?.owner.roleNow().catch(() => undefined);
      if (role === undefined) continue;
      for (const entry of entries) {
        if (role === null) entry.end('token refused');
        else if (role !== entry.owner.role) entry.end('role changed');
      }
    }
    this.#isLooking = false;
  }
}
