import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from '../encoding/network.ts';
import type { TurnKey, Turns } from './turns.ts';

// Members of the socket and the request and not entries of a WeakMap, because many short-lived entries make garbage
// collection slow.
const CALLER = Symbol('caller');
const TURN = Symbol('turn');

/** The credentials that a connection has shown last, and the workspace that they turned out to be for. */
interface KnownCaller {
  readonly authorization: string;
  readonly workspace: TurnKey;
}

interface KnownSocket extends Socket {
  [CALLER]?: KnownCaller;
}

interface StartedRequest extends IncomingMessage {
  /** The key of the turn in which the request was started. */
  [TURN]?: TurnKey;
}

/**
 * Gives requests their turns by workspace. The workspace of a request is known only after authentication, which is work
 * as well. A request is therefore started under the workspace for which its connection has shown the same credentials
 * before, and then needs no second turn; or else under its credentials or its address.
 *
 * What a connection has shown is no proof, because a token may have been revoked since: it decides only who waits for whom.
 */
export class RequestTurns {
  readonly #turns: Turns;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** To be called for each new connection. */
  connected(): void {
    this.#turns.connected();
  }

  /** Calls `work` when it is the request's turn, which may be before this returns. `work` must not throw. */
  start(request: IncomingMessage & StartedRequest, work: () => void): void {
    const { authorization } = request.headers;
    const socket: KnownSocket = request.socket;
    const known = socket[CALLER];
    const key =
      authorization === undefined
        ? networkOf(socket.remoteAddress)
        : known?.authorization === authorization
          ? known.workspace
          : authorization;
    request[TURN] = key;
    this.#turns.start(key, work);
  }

  /** Resolves when it is the turn of a request of this workspace: at once when the request was started under it. */
  async ofWorkspace(workspace: TurnKey, request: IncomingMessage & StartedRequest): Promise<void> {
    if (request[TURN] === workspace) return;
    const { authorization } = request.headers;
    const socket: KnownSocket = request.socket;
    if (authorization !== undefined) socket[CALLER] = { authorization, workspace };
    await new Promise<void>((resolve) => this.#turns.start(workspace, resolve));
  }
}
