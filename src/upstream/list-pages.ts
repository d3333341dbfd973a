import type { Micros } from '../database/tables.ts';
import type { AccountPage } from './answers.ts';
import { MAX_SKIP } from './schedule.ts';

/** What is remembered of a page from one sweep to the next. */
interface KnownPage {
  readonly digest: string;
  readonly uuids: readonly string[];
  readonly next: string | null;
  /** When it was asked for. */
  readonly asked: Micros;
  /** The number of the sweep that has read it. */
  readonly sweep: number;
  /** How many times in a row it has not changed. */
  readonly quiet: number;
}

/** The first page has no cursor. */
const FIRST = '';

/**
 * The pages of one list of an account, as its sweeps have read them. A cursor is a place in the order of creation, which never changes, so
 * that a page's cursor stays good while rows come and go. Where a page has fewer or more rows than before, the sweep goes on at the
 * cursors that it knows: otherwise each page after it would be another one, and none would ever be quiet.
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

  /** The page at the cursor if it need not be read in this sweep, because it has not changed for a while. */
  skipped(cursor: string | null): Pick<KnownPage, 'uuids' | 'next'> | null {
    const page = this.#pages.get(cursor ?? FIRST);
    if (!page || this.#sweep - page.sweep >= Math.min(page.quiet, MAX_SKIP)) return null;
    this.#visited.set(cursor ?? FIRST, page);
    return page;
  }

  /** Remembers a page that was read. Returns the cursor of the page that comes next; null after the last one. */
  read(cursor: string | null, page: AccountPage<{ readonly uuid: string }>, asked: Micros): string | null {
    const before = this.#pages.get(cursor ?? FIRST);
    const uuids = page.rows.map(({ uuid }) => uuid);
    const next = page.next === null ? null : (this.#knownWithin(uuids) ?? page.next);
    const quiet = before?.digest === page.digest ? before.quiet + 1 : 0;
    this.#visited.set(cursor ?? FIRST, { digest: page.digest, uuids, next, asked, sweep: this.#sweep, quiet });
    return next;
  }

  /** The cursor of the last known page that begins within these rows, so that no row is between them and the page. */
  #knownWithin(uuids: readonly string[]): string | undefined {
    const start = uuids.slice(1).findLast((uuid) => this.#startingWith.has(uuid));
    return start === undefined ? undefined : this.#startingWith.get(start);
  }

  /** The sweep has come to the end. Returns the time since which each of its pages has been read. */
  end(): Micros {
    this.#pages = this.#visited;
    this.#startingWith = new Map(
      [...this.#pages].flatMap(
        ([
          cursor,
          {
            uuids: [first],
          },
        ]) => (first === undefined || cursor === FIRST ? [] : [[first, cursor]]),
      ),
    );
    return Math.min(...[...this.#pages.values()].map(({ asked }) => asked));
  }
}
