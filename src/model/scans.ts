/** A list whose rows a statement may scan. */
export interface Scan {
  /** The list's name. */
  readonly list: string;
  /** The maximum number of rows that are scanned. */
  readonly atMost: number;
  /** The cost of scanning one row of the list. The unit is the cost of reading one row: see IN_ROWS in reach.ts. */
  readonly each: number;
}

/** The lists that may be scanned. There is one entry for each list and maximum. */
export type Scans = readonly Scan[];

export const NO_SCANS: Scans = [];

/** How many items each list of a workspace has, by its name. A list without a size counts as empty. */
export type ListSizes = ReadonlyMap<string, number>;

/** Both together, with one entry for each list and maximum. */
export function addScans(one: Scans, other: Scans): Scans {
  if (other.length === 0) return one;
  const total = [...one];
  for (const scan of other) {
    const place = total.findIndex(({ list, atMost }) => list === scan.list && atMost === scan.atMost);
    const known = total[place];
    if (known) total[place] = { ...known, each: known.each + scan.each };
    else total.push(scan);
  }
  return total;
}

/** The scans when each of them is made so many times. */
export function timesScans(times: number, scans: Scans): Scans {
  return scans.length === 0 ? scans : scans.map((scan) => ({ ...scan, each: times * scan.each }));
}

/** The maximum cost of the scans, in rows. */
export function scannedRows(scans: Scans, sizes: ListSizes): number {
  return scans.reduce((rows, { list, atMost, each }) => rows + each * Math.min(atMost, sizes.get(list) ?? 0), 0);
}
