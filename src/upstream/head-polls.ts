import type { Session } from '../database/database.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import { mirrorHasAny } from '../model/mirror.ts';
import type { AccountLists } from './account-lists.ts';
import { LISTS } from './account-lists.ts';
import type { AccountReader, ListPage } from './account-reader.ts';
import type { Disappearances } from './disappearances.ts';
import type { MirrorWriter } from './mirror-writer.ts';
import type { ListName } from './progress.ts';
import { CountsSchedule } from './schedule.ts';
import type { Sweeps } from './sweeps.ts';

/** How many new pages are read before they are written. Their requests end while the follower still has its lease: see lease.ts. */
const MAX_UNWRITTEN = 8;

export interface HeadPollsParts {
  readonly reader: Session;
  readonly workspace: WorkspaceId;
  readonly clock: () => Micros;
  readonly account: AccountReader;
  readonly lists: AccountLists;
  readonly writer: MirrorWriter;
  readonly sweeps: Sweeps;
  readonly disappearances: Disappearances;
}

interface ReadPage {
  readonly page: ListPage;
  readonly requestedOn: Micros;
}

/** Reads the first page of an account's lists, because new rows appear there. */
export class HeadPolls {
  readonly #parts: HeadPollsParts;
  readonly #counts = new CountsSchedule();

  constructor(parts: HeadPollsParts) {
    this.#parts = parts;
  }

  /** Reads the first page of both lists, and goes on while a whole page is new. */
  async poll(): Promise<void> {
    const counts = this.#counts.take(this.#parts.clock());
    for (const list of LISTS) await this.#pollList(list, counts);
  }

  async #pollList(list: ListName, counts: boolean): Promise<void> {
    const { account, clock, sweeps, disappearances } = this.#parts;
    let cursor: string | null = null;
    do {
      const isHead: boolean = cursor === null;
      const pages: ReadPage[] = [];
      try {
        cursor = await this.#readNew(list, cursor, pages);
      } finally {
        // Writes also after a failed request, so that new rows are shown as soon as they are known.
        await this.#write(pages, counts);
      }
      const [first] = pages;
      if (isHead && first && first.page.next === null) {
        sweeps.leaveOut(list);
        const seen = new Set(first.page.rows.map(({ uuid }) => uuid));
        await disappearances.conclude(list, seen, first.requestedOn, first.requestedOn);
      }
    } while (cursor !== null && account.budget.allows(clock()));
  }

  /**
   * Reads a page, and the next ones while a whole page is new. Adds them to `pages`. Returns the cursor of the next page to read; null
   * when no more pages need to be read.
   */
  async #readNew(list: ListName, from: string | null, pages: ReadPage[]): Promise<string | null> {
    const { reader, workspace, clock, account, lists, sweeps } = this.#parts;
    let cursor = from;
    do {
      const requestedOn = clock();
      const page = await account.page(list, cursor);
      sweeps.saw(page);
      if (cursor === null) lists.isShort[list] = page.next === null;
      pages.push({ page, requestedOn });
      if (page.next === null || lists.paused.size > 0) return null;
      const uuids = page.rows.map(({ uuid }) => uuid);
      if (await mirrorHasAny(reader, workspace, list, uuids)) return null;
      cursor = page.next;
    } while (pages.length < MAX_UNWRITTEN && account.budget.allows(clock()));
    return cursor;
  }

  /** Writes the oldest page first, like the oldest row within a page, so that campaigns of the same millisecond get the account's order. */
  async #write(pages: readonly ReadPage[], counts: boolean): Promise<void> {
    for (const { page, requestedOn } of pages.toReversed())
      await this.#parts.writer.apply(page, null, requestedOn, counts);
  }
}
