import type { Micros } from '../database/tables.ts';
import type { Failure } from './account-client.ts';
import { ENDLESS } from './account-client.ts';
import type { AccountLists } from './account-lists.ts';
import { LISTS } from './account-lists.ts';
import type { AccountReader, ListPage } from './account-reader.ts';
import { RequestFailed } from './account-reader.ts';
import type { Disappearances } from './disappearances.ts';
import type { MirrorWriter } from './mirror-writer.ts';
import type { ListName, SweepPlace } from './progress.ts';
import { CountsSchedule } from './schedule.ts';
import { Sweep } from './sweep.ts';

/** How many rows with one time of creation are kept in memory until the next page comes. */
const MAX_CARRIED = 5_000;

/** After so many failures at one page, the next sweep begins at the first page, because the account may fail on this cursor each time. */
const MAX_FAILURES = 5;

export interface SweepsParts {
  readonly clock: () => Micros;
  readonly account: AccountReader;
  readonly lists: AccountLists;
  readonly writer: MirrorWriter;
  readonly disappearances: Disappearances;
}

/** Reads an account's lists from their first page to their last, a page a step, one list after the other. */
export class Sweeps {
  readonly #parts: SweepsParts;
  readonly #counts = new CountsSchedule();
  #sweep: Sweep | null = null;
  /** The list that the last sweep was of. */
  #swept: ListName = 'campaigns';
  /** Whether a list has led in a circle since the last whole sweep. */
  #wasEndless = false;

  constructor(parts: SweepsParts) {
    this.#parts = parts;
  }

  /**
   * Goes on where another follower, or an earlier start, has stopped. A sweep that goes on after its first page cannot tell what is
   * missing from the list, because this process has not seen the earlier pages.
   */
  takeOver(place: SweepPlace | null): void {
    const { clock, lists } = this.#parts;
    this.#sweep = place && new Sweep(place.list, clock(), place.cursor, false);
    if (place) lists.pagesOf(place.list).begin();
  }

  /** Where another follower would go on. */
  get place(): SweepPlace | null {
    return this.#sweep && { list: this.#sweep.list, cursor: this.#sweep.resume };
  }

  /** Whether a list must be read beyond what head polls read. */
  get isNeeded(): boolean {
    const { lists } = this.#parts;
    return lists.isCatchingUp || this.#sweep !== null || LISTS.some((list) => lists.isShort[list] === false);
  }

  /** Call it with the rows of a head poll. A running sweep of the same list then counts them as seen. */
  saw({ list, rows }: ListPage): void {
    if (this.#sweep?.list !== list) return;
    for (const { uuid } of rows) this.#sweep.seen.add(uuid);
  }

  /** Ends a sweep of the list, because a head poll has read the whole list. */
  leaveOut(list: ListName): void {
    if (this.#sweep?.list === list) this.#sweep = null;
  }

  /**
   * Call it when a request has failed. The sweep then goes back to `resume`. It begins again when the request was refused, and when the
   * account has failed to answer MAX_FAILURES times before the next page was read. Where the list leads in a circle, it begins again once,
   * and then asks for the same page until the list goes on there.
   */
  failed(failure: Failure): void {
    const sweep = this.#sweep;
    if (!sweep) return;
    const { kind } = failure;
    if (kind !== 'rate-limited') sweep.isWhole = false;
    // The carried rows may be outdated when the account answers again.
    sweep.carried = [];
    if (failure === ENDLESS) {
      // The cursors of earlier sweeps may have led back. If the circle is the account's own, to read it again would cost all its pages.
      if (!this.#wasEndless) this.#forgetSweep();
      this.#wasEndless = true;
      return;
    }
    const failures = (sweep.failures.get(sweep.cursor) ?? 0) + (kind === 'unknown' ? 1 : 0);
    sweep.failures.set(sweep.cursor, failures);
    sweep.cursor = sweep.resume;
    sweep.passed.clear();
    if (kind === 'refused' || failures >= MAX_FAILURES) this.#forgetSweep();
  }

  /** The account may not take the cursor any more, for example after an update. The pages of earlier sweeps have such cursors, too. */
  #forgetSweep(): void {
    this.#sweep = null;
    this.#parts.lists.forgetPages();
  }

  /** Reads the next page of the sweep. Skips pages that need not be read. Throws RequestFailed when the list leads in a circle. */
  async readPage(): Promise<void> {
    const { clock, account, lists, writer } = this.#parts;
    const sweep = (this.#sweep ??= this.#begin());
    const pages = lists.pagesOf(sweep.list);
    for (let page = pages.skipped(sweep.cursor); page; page = pages.skipped(sweep.cursor)) {
      for (const uuid of page.uuids) sweep.seen.add(uuid);
      sweep.last = page.uuids.at(-1) ?? sweep.last;
      await this.#applyCarried(sweep);
      if (page.next === null) return this.#end(sweep);
      sweep.cursor = page.next;
      sweep.resume = page.next;
    }
    const requestedOn = clock();
    const page = await account.page(sweep.list, sweep.cursor);
    const next = pages.read(sweep.cursor, page, requestedOn);
    if (sweep.cursor !== null) sweep.passed.add(sweep.cursor);
    if (next !== null && sweep.passed.has(next)) throw new RequestFailed(ENDLESS);
    for (const { uuid } of page.rows) sweep.seen.add(uuid);
    if (page.list === 'groups') {
      sweep.resume = sweep.cursor;
      await writer.apply(page, sweep.last, requestedOn, sweep.counts);
      sweep.last = page.rows.at(-1)?.uuid ?? sweep.last;
    } else {
      await this.#applyCampaigns(sweep, page, requestedOn);
    }
    sweep.cursor = next;
    if (next === null) await this.#end(sweep);
  }

  /** Begins a sweep of the next list. When the first page is the whole list, head polls are enough, and the list is not swept again. */
  #begin(): Sweep {
    const { clock, lists } = this.#parts;
    const other: ListName = this.#swept === 'groups' ? 'campaigns' : 'groups';
    const list = lists.isCatchingUp
      ? lists.complete.groups === null
        ? 'groups'
        : 'campaigns'
      : lists.isShort[other] === false
        ? other
        : this.#swept;
    lists.pagesOf(list).begin();
    return new Sweep(list, clock(), null, list === 'groups' && this.#counts.take(clock()));
  }

  /**
   * Applies a page of campaigns, except those at its end that have the same creation time. The next page may have more of these. They
   * must all be written together, oldest first, so that campaigns with equal times get the account's order.
   */
  async #applyCampaigns(sweep: Sweep, page: ListPage & { list: 'campaigns' }, requestedOn: Micros): Promise<void> {
    const read = new Set(page.rows.map(({ uuid }) => uuid));
    const rows = [...sweep.carried.filter(({ uuid }) => !read.has(uuid)), ...page.rows];
    const last = rows.at(-1)?.createdOn;
    const isEnd = page.next === null || rows.length > MAX_CARRIED;
    const place = isEnd
      ? rows.length
      : Math.max(
          0,
          rows.findIndex(({ createdOn }) => createdOn === last),
        );
    const { resume } = sweep;
    // The transaction below writes the place too. After it all rows of earlier pages are written, and the carried rows are of this page.
    if (place > 0) sweep.resume = sweep.cursor;
    try {
      await this.#parts.writer.apply({ ...page, rows: rows.slice(0, place) }, null, requestedOn);
    } catch (error) {
      sweep.resume = resume;
      throw error;
    }
    sweep.carried = rows.slice(place);
  }

  async #applyCarried(sweep: Sweep): Promise<void> {
    if (sweep.carried.length === 0) return;
    const page: ListPage = { list: 'campaigns', rows: sweep.carried, next: null, digest: '' };
    await this.#parts.writer.apply(page, null, sweep.started);
    sweep.carried = [];
  }

  async #end(sweep: Sweep): Promise<void> {
    const { lists, writer, disappearances } = this.#parts;
    await this.#applyCarried(sweep);
    this.#sweep = null;
    this.#wasEndless = false;
    this.#swept = sweep.list;
    const since = lists.pagesOf(sweep.list).end();
    if (sweep.isWhole) await disappearances.conclude(sweep.list, sweep.seen, sweep.started, since);
    else await writer.save();
  }
}
