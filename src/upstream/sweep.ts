import type { Micros } from '../database/tables.ts';
import type { AccountPage } from './answers.ts';
import type { ListName } from './progress.ts';
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
 * that a page's cursor stays good while rows vanish.
 */
export class ListPages {
  #pages = new Map<string, KnownPage>();
  #sweep = 0;
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

  read(cursor: string | null, { rows, next, digest }: AccountPage<{ readonly uuid: string }>, asked: Micros): void {
    const before = this.#pages.get(cursor ?? FIRST);
    this.#visited.set(cursor ?? FIRST, {
      digest,
      uuids: rows.map(({ uuid }) => uuid),
      next,
      asked,
      sweep: this.#sweep,
      quiet: before?.digest === digest && before.next === next ? before.quiet + 1 : 0,
    });
  }

  /** The sweep has come to the end. Returns the time since which each of its pages has been read. */
  end(): Micros {
    this.#pages = this.#visited;
    return Math.min(...[...this.#pages.values()].map(({ asked }) => asked));
  }
}

/** A sweep under way: from the first page of a list to its last. */
export class Sweep {
  readonly list: ListName;
  readonly started: Micros;
  /** The page to read next. null: the first. */
  cursor: string | null;
  /** Whether this process has read it from its start, without an error. Only then what it has not seen is missing. */
  isWhole: boolean;
  /** What it has seen, and what was seen elsewhere meanwhile. */
  readonly seen = new Set<string>();
  /** The last group that it has read, after which those of the next page come. */
  last: string | null = null;
  /** Whether it writes the numbers of contacts of groups. */
  readonly counts: boolean;

  constructor(list: ListName, started: Micros, cursor: string | null, counts: boolean) {
    this.list = list;
    this.started = started;
    this.cursor = cursor;
    this.counts = counts;
    this.isWhole = cursor === null;
  }
}
