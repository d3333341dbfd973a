import type { IncomingMessage } from 'node:http';
import { makeRoom } from '../memory/make-room.ts';
import { networkOf } from '../network/client-network.ts';
import type { TurnKey, Turns } from './turns.ts';

// A member of the request and not an entry of a WeakMap, because many short-lived entries make garbage collection slow.
const TURN = Symbol('turn');

/**
 * How many credentials are kept of which the workspace is known, and how long each may be, in characters. A token or an e-mail address
 * with its token is shorter; spaces can make any number of long ones of it.
 */
const MAX_KNOWN = 10_000;
const MAX_LENGTH = 512;

/** The last turn that a request was given. */
interface GivenTurn {
  readonly turns: Turns;
  key: TurnKey;
  /** Whether it was given for the start of the request, which counts as a turn of its workspace once. */
  isStart: boolean;
}

interface StartedRequest extends IncomingMessage {
  [TURN]?: GivenTurn;
}

/** Resolves when it is the turn of the request's workspace again; at once when no turns are given to the request. */
export async function nextTurnOf(request: IncomingMessage & StartedRequest): Promise<void> {
  const given = request[TURN];
  if (given) await nextTurn(given);
}

function nextTurn({ turns, key }: GivenTurn): Promise<void> {
  return new Promise((resolve) => turns.start(key, resolve));
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
    request[TURN] = { turns: this.#turns, key, isStart: true };
    this.#turns.start(key, work, isWanted);
  }

  /**
   * Resolves when it is the turn of a request of this workspace: at once when the request was started under it. This counts only once,
   * so that each later part of a long answer waits for a turn of its own.
   */
  async ofWorkspace(workspace: TurnKey, request: IncomingMessage & StartedRequest): Promise<void> {
    const given = (request[TURN] ??= { turns: this.#turns, key: workspace, isStart: false });
    const isItsTurn = given.isStart && given.key === workspace;
    given.key = workspace;
    given.isStart = false;
    if (isItsTurn) return;
    const { authorization } = request.headers;
    if (authorization !== undefined) this.#remember(authorization, workspace);
    await nextTurn(given);
  }

  #remember(authorization: string, workspace: TurnKey): void {
    if (authorization.length > MAX_LENGTH) return;
    if (!this.#known.has(authorization)) makeRoom(this.#known, MAX_KNOWN);
    this.#known.set(authorization, workspace);
  }
}
