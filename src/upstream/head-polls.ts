import type { Micros } from '../database/tables.ts';
import type { AccountLists } from './account-lists.ts';
import { LISTS } from './account-lists.ts';
import type { Asking, ListPage } from './asking.ts';
import type { Disappearances } from './disappearances.ts';
import type { MirrorWriter } from './mirror-writer.ts';
import type { ListName } from './progress.ts';
import { CountsSchedule } from './schedule.ts';
import type { Sweeps } from './sweeps.ts';

export interface HeadPollsParts {
  readonly clock: () => Micros;
  readonly asking: Asking;
  readonly lists: AccountLists;
  readonly writer: MirrorWriter;
  readonly sweeps: Sweeps;
  readonly disappearances: Disappearances;
}

/** Reads the first page of an account's lists, where what is new stands. */
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
    const { clock, asking, lists, writer, sweeps, disappearances } = this.#parts;
    let cursor: string | null = null;
    let newer: string | null = null;
    do {
      const asked = clock();
      const page: ListPage = await asking.page(list, cursor);
      sweeps.saw(page);
      if (cursor === null) lists.isShort[list] = page.next === null;
      const { created } = await writer.apply(page, newer, asked, counts);
      if (cursor === null && page.next === null) {
        sweeps.leaveOut(list);
        await disappearances.conclude(list, new Set(page.rows.map(({ uuid }) => uuid)), asked, asked);
      }
      cursor = created === page.rows.length ? page.next : null;
      newer = page.rows.at(-1)?.uuid ?? null;
    } while (cursor !== null && asking.budget.allows(clock()));
  }
}
