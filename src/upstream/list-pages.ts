import type { Micros } from '../database/tables.ts';
import type { AccountPage } from './answers.ts';
import { MAX_SKIP } from './schedule.ts';

/** What is remembered of a page from one sweep to the next. */
interface KnownPage {
  readonly digest: string;
  readonly uuids: readonly string[];
  readonly next: string | null;
  readonly requestedOn: Micros;
  /** The number of the sweep that has read it. */
  readonly sweep: number;
  /** How many times in a row it has not changed. */
  readonly quiet: number;
}

/** The first page has no cursor. */
const FIRST = '';

/**
 * The pages of one list of an account, as its sweeps have read them. A cursor is a position in the order of creation. That order never
 * changes, so the cursor of a page stays valid when rows are added or removed. After a page that has got more or fewer rows, the sweep
 * continues at a cursor that it knows already. Otherwise every later page would begin at another row than before, and would never count
 * as unchanged.
 */
export class ListPages {
  #pages = new Map<string, KnownPage>();
  #sweep = 0;
  /** The cursors of pages by the first row that they had. */
  #startingWith = new Map<string, string>();
  /** The pages that the present sweep has visited, read or not. */
  #visited = new Map<string, KnownPage>();

  begin(): void {
    this.#sweep += 1;
    this.#visited = new Map();
  }

  /**
   * The page at the cursor if this sweep can skip it, because it has not changed for a while. Returns null when it must be read. A page that
   * the sweep has visited is read, because the cursors that were known before have led back to it.
   */
  skipped(cursor: string | null): Pick<KnownPage, 'uuids' | 'next'> | null {
    const page = this.#pages.get(cursor ?? FIRST);
    if (!page || this.#visited.has(cursor ?? FIRST)) return null;
    if (this.#sweep - page.sweep >= Math.min(page.quiet, MAX_SKIP)) return null;
    this.#visited.set(cursor ?? FIRST, page);
    return page;
  }

  /** Remembers a page that was read. Returns the cursor of the page that comes next; null after the last one. */
  read(cursor: string | null, page: AccountPage<{ readonly uuid: string }>, requestedOn: Micros): string | null {
    const before = this.#pages.get(cursor ?? FIRST);
    const uuids = page.rows.map(({ uuid }) => uuid);
    const next = page.next === null ? null : (this.#knownWithin(uuids, cursor) ?? page.next);
    const quiet = before?.digest === page.digest ? before.quiet + 1 : 0;
    this.#visited.set(cursor ?? FIRST, { digest: page.digest, uuids, next, requestedOn, sweep: this.#sweep, quiet });
    return next;
  }

  /**
   * The cursor of the last known page that begins at one of these rows after the first. So the sweep misses no row in between. Cursors that
   * the sweep has visited are left out, because it would go round: the cursor of an account is a time of creation, and its page begins
   * earlier than before when another row with this time has come.
   */
  #knownWithin(uuids: readonly string[], cursor: string | null): string | undefined {
    const known = uuids.slice(1).flatMap((uuid) => this.#startingWith.get(uuid) ?? []);
    return known.findLast((start) => start !== cursor && !this.#visited.has(start));
  }

  /** Ends the sweep. Returns the earliest time at which one of its pages was requested, in this sweep or, if skipped, in an earlier one. */
  end(): Micros {
    this.#pages = this.#visited;
    this.#startingWith = new Map();
    let earliest = Number.POSITIVE_INFINITY;
    for (const [cursor, { uuids, requestedOn }] of this.#pages) {
      const [first] = uuids;
      if (first !== undefined && cursor !== FIRST) this.#startingWith.set(first, cursor);
      earliest = Math.min(earliest, requestedOn);
    }
    return earliest;
  }
}
