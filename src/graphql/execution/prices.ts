/**
 * What reading costs. One unit stands for 25 microseconds of a thread, so that the ceiling of 10,000 units stands for a
 * quarter of a second. The prices are measured on a workspace with a million campaigns and rounded up:
 * test/graphql/cost.slow.test.ts holds them against the time that operations take.
 */
export const PRICES = {
  /** An object of the result, with up to `leavesPerObject` fields that have no fields of their own. */
  object: 1,
  leavesPerObject: 16,
  /** A statement. */
  statement: 1,
  /** A row that a statement gives, whether it is returned or not. */
  row: 1 / 16,
  /** A row that is looked at and left out, or counted. */
  scannedRow: 1 / 50,
  /** The page of one parent among many, such as the campaigns of each group. Its statement is written out for each. */
  childPage: 4,
  /** A mutation, whose transaction is written to the disk. */
  mutation: 20,
  /**
   * An object that a mutation of many changes. It takes about four units, but in turns of a millisecond, between which others are
   * answered.
   */
  changed: 3 / 4,
  /**
   * A row of an import, with what it looks up and writes. It takes longer than this price stands for, but in short turns,
   * between which other requests are answered.
   */
  imported: 1 / 16,
  /** A row of the plan of an import, and an error of such a row. */
  planned: 1 / 5,
  /** An object of introspection, which is in memory already. */
  introspected: 1 / 5,
};
