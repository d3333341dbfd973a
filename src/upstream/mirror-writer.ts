import type { Database, WorkspaceWrite } from '../database/database.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import type { Fate } from '../model/mirror-campaigns.ts';
import type { AccountLists } from './account-lists.ts';
import type { Applied, ApplyParts } from './apply.ts';
import { applyCampaigns, applyGroups } from './apply.ts';
import type { AccountReader, ListPage } from './account-reader.ts';
import type { ListName } from './progress.ts';

export interface MirrorWriterParts {
  readonly database: Pick<Database, 'write'>;
  readonly workspace: WorkspaceId;
  readonly account: AccountReader;
  readonly lists: AccountLists;
  /** Writes the follower's state and progress. Throws LeaseLost when nothing may be written. */
  readonly writeState: (write: WorkspaceWrite) => Promise<void>;
  /** Differences were written. */
  readonly changed: (list: ListName, changes: number) => void;
}

/** Writes the account's rows into the mirror, and the follower's state and progress in the same transaction. */
export class MirrorWriter {
  readonly #parts: MirrorWriterParts;

  constructor(parts: MirrorWriterParts) {
    this.#parts = parts;
  }

  /**
   * Writes the rows that differ. Writes no rows while a list is paused, because too much has disappeared from the account to trust it.
   * @param newer The UUID of the group right before the first row in the account's list; null when it is not known.
   * @param requestedOn When the page was requested.
   * @param counts Whether the numbers of contacts of groups are written.
   */
  async apply(page: ListPage, newer: string | null, requestedOn: Micros, counts = false): Promise<void> {
    if (this.#parts.lists.paused.size > 0) {
      await this.save();
      return;
    }
    const applied =
      page.list === 'groups'
        ? await applyGroups(this.#applying, { rows: page.rows, newer, counts, deleted: [], requestedOn })
        : await applyCampaigns(this.#applying, { rows: page.rows, gone: new Map(), requestedOn });
    this.#tell(page.list, applied);
  }

  /** Deletes groups that the account has no more, except those that campaigns have. Returns how many were deleted. */
  async deleteGroups(deleted: readonly string[], requestedOn: Micros): Promise<number> {
    const applied = await applyGroups(this.#applying, { rows: [], newer: null, counts: false, deleted, requestedOn });
    this.#tell('groups', applied);
    return applied.changed;
  }

  /** Archives or deletes campaigns that the account's list has no more. */
  async leaveCampaigns(gone: ReadonlyMap<string, Fate>, requestedOn: Micros): Promise<void> {
    this.#tell('campaigns', await applyCampaigns(this.#applying, { rows: [], gone, requestedOn }));
  }

  /** Writes the follower's state and progress alone. */
  async save(): Promise<void> {
    const { database, workspace, writeState } = this.#parts;
    await database.write(workspace, writeState);
  }

  get #applying(): ApplyParts {
    const { database, workspace, account, writeState } = this.#parts;
    return { database, workspace, account, alongside: writeState };
  }

  #tell(list: ListName, { changed }: Applied): void {
    if (changed > 0) this.#parts.changed(list, changed);
  }
}
