import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { Batch, ListName } from './format.ts';
import { wrongMember } from './format.ts';

/** A row of any table, by the names of its columns. */
export type StoredRow = Readonly<Record<string, unknown>>;

/** A value that no two rows of a list share: the member that an error names, and the columns that hold the value. */
interface UniqueValue {
  readonly member: string;
  readonly columns: readonly string[];
}

interface Target {
  readonly table: keyof Tables;
  /** The first value is the identity of a row. Names are unique among the rows that are not deleted. */
  readonly unique: readonly [UniqueValue, ...UniqueValue[]];
  /** Set where two workspaces could use the same id: see `#checkIds`. Memberships and tokens get their ids from the database. */
  readonly checksIds?: true;
}

const ID: UniqueValue = { member: 'id', columns: ['id'] };
const UUID: UniqueValue = { member: 'uuid', columns: ['workspace_id', 'uuid'] };
const NAME: UniqueValue = { member: 'name', columns: ['workspace_id', 'name_key', 'is_active'] };

const TARGETS: Readonly<Record<ListName, Target>> = {
  workspaces: { table: 'workspaces', unique: [ID, { member: 'uuid', columns: ['uuid'] }] },
  users: { table: 'users', unique: [ID, { member: 'email', columns: ['email'] }] },
  memberships: { table: 'memberships', unique: [{ member: 'user_id', columns: ['workspace_id', 'user_id'] }, UUID] },
  tokens: { table: 'api_tokens', unique: [{ member: 'key', columns: ['key_hash'] }, UUID] },
  groups: { table: 'groups', unique: [ID, UUID, NAME], checksIds: true },
  campaigns: { table: 'campaigns', unique: [ID, UUID, NAME], checksIds: true },
};

/**
 * Writes the rows of one list, batch after batch. The database itself finds rows that are not unique, so that no list of
 * earlier rows is kept in memory.
 */
export class ListInsert {
  readonly list: ListName;
  readonly #db: Kysely<Record<string, Record<string, unknown>>>;
  /** The greatest id so far. */
  #greatest = 0;
  /** The identity of the last row of the batches before; null when their rows are not in the order of their identities. */
  #last: readonly unknown[] | null = [];

  constructor(db: Kysely<Tables>, list: ListName) {
    this.list = list;
    // The table and its columns are known only when this runs. The rows fit: see storedRows.
    this.#db = db as unknown as Kysely<Record<string, Record<string, unknown>>>;
  }

  /** Writes the rows of a batch. Throws SnapshotError when one of them is not unique. */
  async add(rows: readonly StoredRow[], batch: Batch): Promise<void> {
    const { table, unique, checksIds } = TARGETS[this.list];
    if (checksIds) await this.#checkIds(rows, batch);
    const written = await this.#db
      .insertInto(table)
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .returning(unique[0].columns)
      .execute();
    if (written.length < rows.length) await this.#refuseUnwritten(rows, batch, written);
    for (const row of rows) this.#follow(valuesOf(row, unique[0]));
  }

  #follow(identity: readonly unknown[]): void {
    if (this.#last && !isBefore(this.#last, identity)) this.#last = null;
    if (this.#last) this.#last = identity;
  }

  /**
   * Checks that no two workspaces use the same id, because a distributed engine has no key that ensures it. Ids that ascend, as
   * in a dump, need no query. Throws SnapshotError.
   */
  async #checkIds(rows: readonly StoredRow[], batch: Batch): Promise<void> {
    const lower: { readonly id: number; readonly place: number }[] = [];
    for (const [place, row] of rows.entries()) {
      const id = Number(row['id']);
      if (id > this.#greatest) this.#greatest = id;
      else lower.push({ id, place });
    }
    if (lower.length === 0) return;
    const found = await this.#db
      .selectFrom(TARGETS[this.list].table)
      .select('id')
      // With the condition on the workspace, a distributed engine can use its key too.
      .where('workspace_id', 'in', this.#db.selectFrom('workspaces').select('id'))
      .where('id', 'in', [...new Set(lower.map(({ id }) => id))])
      .execute();
    const taken = new Set(found.map(({ id }) => Number(id)));
    const twice = lower.find(({ id, place }) => taken.has(id) || rows.slice(0, place).some((row) => row['id'] === id));
    if (twice) await this.#refuse(twice.place, [ID], rows, batch, []);
  }

  /** Throws the error for the first row that has not been written, because an earlier one has the same value. */
  async #refuseUnwritten(rows: readonly StoredRow[], batch: Batch, written: readonly StoredRow[]): Promise<never> {
    const { unique } = TARGETS[this.list];
    const keyOf = (row: StoredRow) => JSON.stringify(valuesOf(row, unique[0]));
    const left = new Set(written.map(keyOf));
    // Each written row is removed from the set once, so that the second of two rows with the same identity is found.
    const place = rows.findIndex((row) => !left.delete(keyOf(row)));
    return this.#refuse(place, unique, rows, batch, written);
  }

  /** Throws the error for a row of the batch that shares one of these values with an earlier row. */
  async #refuse(
    place: number,
    unique: readonly UniqueValue[],
    rows: readonly StoredRow[],
    batch: Batch,
    written: readonly StoredRow[],
  ): Promise<never> {
    const row = rows[place] ?? {};
    for (const value of unique) {
      if (value === NAME && row['is_active'] === 0) continue;
      const earlier = await this.#earlier(rows.slice(0, place), row, value, batch, written);
      if (earlier === undefined) continue;
      const shown = value.member === 'key' ? '…' : (batch.rows[place] as Record<string, unknown>)[value.member];
      throw wrongMember(
        this.list,
        batch.start + place,
        value.member,
        shown,
        `must be unique, and ${earlier} has the same`,
      );
    }
    throw new Error(`the database has refused ${this.list}[${batch.start + place}] for a reason that is not known`);
  }

  /** Which earlier row has the same value, in words; undefined when none has. */
  async #earlier(
    before: readonly StoredRow[],
    row: StoredRow,
    value: UniqueValue,
    batch: Batch,
    written: readonly StoredRow[],
  ): Promise<string | undefined> {
    const { table, unique } = TARGETS[this.list];
    const given = JSON.stringify(valuesOf(row, value));
    const near = before.findIndex((other) => JSON.stringify(valuesOf(other, value)) === given);
    if (near !== -1) return `${this.list}[${batch.start + near}]`;
    const found = await this.#db
      .selectFrom(table)
      .select(unique[0].columns)
      .where(({ and, eb }) => and(value.columns.map((column) => eb(column, '=', row[column]))))
      .executeTakeFirst();
    if (!found) return undefined;
    if (!this.#last) return 'id' in found ? `the row with the id ${String(found['id'])}` : 'an earlier row';
    // The rows of earlier batches are in the order of their identities, so the index of the row is the number of rows before it.
    const identity = Object.values(found);
    const columns = unique[0].columns;
    const counted = await this.#db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll().as('count'))
      .where(sql<boolean>`(${sql.join(columns.map((column) => sql.ref(column)))}) < (${sql.join(identity)})`)
      .executeTakeFirstOrThrow();
    const ofThisBatch = written.filter((other) => isBefore(valuesOf(other, unique[0]), identity)).length;
    return `${this.list}[${Number(counted['count']) - ofThisBatch}]`;
  }
}

function valuesOf(row: StoredRow, { columns }: UniqueValue): unknown[] {
  return columns.map((column) => row[column]);
}

/** Whether an identity comes before another in their order. Returns false for texts, because engines may sort them differently. */
function isBefore(one: readonly unknown[], other: readonly unknown[]): boolean {
  for (const [place, value] of other.entries()) {
    const earlier = one[place];
    if (earlier === undefined) return typeof value === 'number';
    if (typeof earlier !== 'number' || typeof value !== 'number') return false;
    if (earlier !== value) return earlier < value;
  }
  return false;
}
