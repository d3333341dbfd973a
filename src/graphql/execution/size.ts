import type { Reach } from '../../model/reach.ts';
import type { Scans } from '../../model/scans.ts';
import { addScans, NO_SCANS, timesScans } from '../../model/scans.ts';
import { PRICES } from './prices.ts';

/** The size of a part of an operation. */
export interface Size {
  /** What it costs, whatever the workspace's size. */
  readonly units: number;
  /** The lists that may be read to their end. They are read once for all objects on which the part is selected. */
  readonly scans: Scans;
  /** The lists that may be read to their end for each of those objects. */
  readonly scansEach: Scans;
  /** Fields without fields of their own. Their cost is part of the cost of the object that has them. */
  readonly leaves: number;
  /** Levels of nested fields. */
  readonly depth: number;
  /** Fields with an alias. */
  readonly aliases: number;
}

export const EMPTY: Size = { units: 0, scans: NO_SCANS, scansEach: NO_SCANS, leaves: 0, depth: 0, aliases: 0 };

/** The size of several parts that are selected side by side. */
export function sum(sizes: Iterable<Size>): Size {
  const total = { ...EMPTY };
  for (const size of sizes) {
    total.units += size.units;
    total.scans = addScans(total.scans, size.scans);
    total.scansEach = addScans(total.scansEach, size.scansEach);
    total.leaves += size.leaves;
    total.depth = Math.max(total.depth, size.depth);
    total.aliases += size.aliases;
  }
  return total;
}

/** The size of a part that has one of two outcomes. The lists of both count, because it is not known here which of them are longer. */
export function dearer(one: Size, other: Size): Size {
  return {
    units: Math.max(one.units, other.units),
    scans: addScans(one.scans, other.scans),
    scansEach: addScans(one.scansEach, other.scansEach),
    leaves: Math.max(one.leaves, other.leaves),
    depth: Math.max(one.depth, other.depth),
    aliases: Math.max(one.aliases, other.aliases),
  };
}

/** The size of a statement of this price, with the rows that it reads. */
export function ofReach({ rows, scans, scansEach }: Reach, statement: number): Size {
  return { ...EMPTY, units: statement + rows * PRICES.row, scans, scansEach };
}

/** The size of a field's objects. `selected` is the size of what is selected of each. */
export function ofObjects(times: number, selected: Size, price: number = PRICES.object): Size {
  const each = Math.max(price, selected.leaves / PRICES.leavesPerObject);
  return {
    ...selected,
    units: times * (each + selected.units),
    scans: times === 0 ? NO_SCANS : selected.scans,
    scansEach: timesScans(times, selected.scansEach),
    leaves: 0,
    depth: 1 + selected.depth,
  };
}
