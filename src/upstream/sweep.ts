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
  /** Campaigns that are written with the next page, because it may have others of the same time of creation. */
  carried: readonly MirroredCampaign[] = [];
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
    this.resume = cursor;
    this.counts = counts;
    this.isWhole = cursor === null;
  }
}
