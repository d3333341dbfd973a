import type { Micros } from '../database/tables.ts';
import type { MirroredCampaign } from '../model/mirror-campaigns.ts';
import type { ListName } from './progress.ts';

/** A sweep under way: from the first page of a list to its last. */
export class Sweep {
  readonly list: ListName;
  readonly started: Micros;
  /** The page to read next. null: the first. */
  cursor: string | null;
  /** Where a sweep goes on after an error or a restart: the first page of which not all rows are written. */
  resume: string | null;
  /** Campaigns that are written with the next page, because that page may have more campaigns with the same creation time. */
  carried: readonly MirroredCampaign[] = [];
  /** The cursors of the pages that it has visited since it began or last went back. The first page has none. */
  readonly passed = new Set<string>();
  /** Whether this process has read all pages so far without an error. Only then are rows that it has not seen missing from the list. */
  isWhole: boolean;
  /** How often the account has failed to answer while the page at a cursor was to be read next. */
  readonly failures = new Map<string | null, number>();
  /** The UUIDs that the sweep has seen, and those that head polls have seen since it began. */
  readonly seen = new Set<string>();
  /** The UUID of the last group that was read. The groups of the next page come right after it. */
  last: string | null = null;
  /** Whether it writes the numbers of contacts of groups. */
  readonly counts: boolean;

  constructor(list: ListName, started: Micros, cursor: string | null, counts: boolean) {
    this.list = list;
    this.started = started;
    this.cursor = cursor;
    this.resume = cursor;
    this.counts = counts;
    this.isWhole = cursor === null;
  }
}
