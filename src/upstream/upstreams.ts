import type { Database } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import { openMirror, mirrorsOf } from '../model/open-mirror.ts';
import type { Failure } from './account-client.ts';
import { AccountClient } from './account-client.ts';
import type { Account } from './accounts.ts';

/** An account whose workspace is known. */
export interface ConnectedAccount {
  readonly workspace: WorkspaceId;
  readonly client: AccountClient;
}

/** An account that has not answered which workspace it is. */
export interface UnknownAccount {
  readonly failure: Failure;
  /**
   * The workspace that an earlier start has found at this address; null unless there is exactly one, and only one account at this address.
   * The token may belong to another workspace by now. So this alone is no reason to write anything, neither here nor in the account.
   */
  readonly expected: WorkspaceId | null;
}

/**
 * The accounts of this server. An account's workspace is known once its server has answered. Used by the follower, by writes through and
 * by the check of tokens.
 */
export class Upstreams {
  readonly clients: readonly AccountClient[];
  readonly #database: Database;
  readonly #connected = new Map<AccountClient, WorkspaceId>();

  constructor(accounts: readonly Account[], database: Database) {
    this.clients = accounts.map((account) => new AccountClient(account));
    this.#database = database;
  }

  /** The account of a workspace; null while no connected account is known to have this workspace. */
  of(workspace: WorkspaceId): ConnectedAccount | null {
    for (const [client, connected] of this.#connected) if (connected === workspace) return { workspace, client };
    return null;
  }

  /** Asks an account for its workspace, and creates the workspace here when it is missing. One request, or none if already connected. */
  async connect(client: AccountClient): Promise<ConnectedAccount | UnknownAccount> {
    const known = this.#connected.get(client);
    if (known !== undefined) return { workspace: known, client };
    // Read before the account is asked: during an outage of the database, callers retry each second, and these retries must not use up
    // the account's limit.
    const mirrors = await mirrorsOf(this.#database.reader, client.url);
    // Callers may be waiting for this request, so it has the shorter timeout of writes.
    const asked = await client.forWrites().workspace();
    if (asked.kind === 'ok') {
      const workspace = await openMirror(this.#database, client.url, asked.value);
      this.#connected.set(client, workspace);
      return { workspace, client };
    }
    const [first = null] = mirrors;
    const isOnly = mirrors.length === 1 && this.clients.filter(({ url }) => url === client.url).length === 1;
    return { failure: asked, expected: isOnly ? first : null };
  }

  close(): void {
    for (const client of this.clients) client.close();
  }
}
