import type { IncomingMessage } from 'node:http';
import { makeRoom } from '../memory/make-room.ts';
import { networkOf } from '../network/client-network.ts';
import type { TurnKey, Turns } from './turns.ts';

// Members of the request and not entries of a WeakMap, because many short-lived entries make garbage collection slow.
const TURN = Symbol('turn');
const NEXT_TURN = Symbol('next turn');

/**
 * How many credentials are kept of which the workspace is known, and how long each may be, in characters. A token or an e-mail address
 * with its token is shorter; spaces can make any number of long ones of it.
 */
const MAX_KNOWN = 10_000;
const MAX_LENGTH = 512;

interface StartedRequest extends IncomingMessage {
  /** The key of the turn in which the request was started, until that has been used. */
  [TURN]?: TurnKey | undefined;
  /** Resolves in a further turn of its workspace. Missing until the workspace is known. */
  [NEXT_TURN]?: () => Promise<void>;
}

/** Resolves when it is the turn of the request's workspace again; at once when no turns are given to the request. */
export async function nextTurnOf(request: IncomingMessage & StartedRequest): Promise<void> {
  await request[NEXT_TURN]?.();
}

/**
 * Gives requests their turns by workspace. The workspace of a request is known only after authentication, which is work
 * as well. A request is therefore started under the workspace that the same credentials turned out to be for before, and then needs no
 * second turn. All other requests of a network are started under its address, so that made-up tokens get no more turns than their sender.
 *
 * That credentials are known is no proof, because a token may have been revoked since: it decides only who waits for whom.
 */
export class RequestTurns {
  readonly #turns: Turns;
  /** The workspaces by credentials, as they stand in the header. */
  readonly #known = new Map<string, TurnKey>();

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** To be called for each new connection. */
  connected(): void {
    this.#turns.connected();
  }

  /** Calls `work` when it is the request's turn, which may be before this returns, if it is still wanted then. `work` must not throw. */
  start(request: IncomingMessage & StartedRequest, work: () => void, isWanted?: () => boolean): void {
    const { authorization } = request.headers;
    const known = authorization === undefined ? undefined : this.#known.get(authorization);
    const key = known ?? networkOf(request.socket.remoteAddress);
    request[TURN] = key;
    this.#turns.start(key, work, isWanted);
  }

  /**
   * Resolves when it is the turn of a request of this workspace: at once when the request was started under it. This counts only once,
   * so that each later part of a long answer waits for a turn of its own.
   */
  async ofWorkspace(workspace: TurnKey, request: IncomingMessage & StartedRequest): Promise<void> {
    const startedUnder = request[TURN];
    request[TURN] = undefined;
    const nextTurn = () => new Promise<void>((resolve) => this.#turns.start(workspace, resolve));
    request[NEXT_TURN] = nextTurn;
    if (startedUnder === workspace) return;
    const { authorization } = request.headers;
    if (authorization !== undefined) this.#remember(authorization, workspace);
    await nextTurn();
  }

  #remember(authorization: string, workspace: TurnKey): void {
    if (authorization.length > MAX_LENGTH) return;
    if (!this.#known.has(authorization)) makeRoom(this.#known, MAX_KNOWN);
    this.#known.set(authorization, workspace);
  }
}
