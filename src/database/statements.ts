import type { ColumnType, Compilable, CompiledQuery, Expression, Kysely, RawBuilder, Simplify } from 'kysely';
import { sql } from 'kysely';
import { recentlyUsed } from '../memory/recently-used.ts';
import type { Flag, GroupKindName, GroupStatusName, Tables } from './tables.ts';

/**
 * How many statements are kept. There is one for each shape of query. Clients choose the shapes, by the filters, orders and sizes of the
 * lists that they ask for, and there are more shapes than this.
 */
export const MAX_STATEMENTS = 500;

declare const sealed: unique symbol;

/**
 * The type of a column within a kept statement. Only other columns, slots and constants have such a type. A value that a
 * caller holds, such as a workspace's number, does not: it would stay in the statement for every later caller.
 */
export interface Sealed<Value> {
  readonly [sealed]: Value;
}

type SealedColumn<Column> =
  Column extends ColumnType<infer Selected, infer Inserted, infer Updated>
    ? ColumnType<Sealed<Selected>, SealedInsert<Inserted>, Sealed<Updated>>
    : Sealed<Column>;

type SealedInsert<Inserted> = undefined extends Inserted
  ? Sealed<Exclude<Inserted, undefined>> | undefined
  : Sealed<Inserted>;

/** Tables whose columns can only be compared with slots and constants. */
export type Seal<Schema> = {
  [Table in keyof Schema]: { [Column in keyof Schema[Table]]: SealedColumn<Schema[Table][Column]> };
};

export type SealedTables = Seal<Tables>;

/** A row of a kept statement as it comes back when the statement runs. */
export type Unsealed<Row> = Simplify<{ [Member in keyof Row]: Unseal<Row[Member]> }>;
type Unseal<Value> = Value extends Sealed<infer Plain> ? Plain : Value;

/** A place in a statement for a value that is given when the statement runs. */
export type SlotOf<Value> = RawBuilder<Sealed<Value>>;

/** The slots of a statement's values. A value that is a list has one slot for each of its items. */
export type Slots<Values> = {
  readonly [Name in keyof Values]: Exclude<Values[Name], undefined> extends readonly (infer Item)[]
    ? readonly SlotOf<Item>[] | Extract<Values[Name], undefined>
    : SlotOf<Exclude<Values[Name], undefined>> | Extract<Values[Name], undefined>;
};

/** Builds a query. It gets the slots of the values instead of the values. */
export type BuildStatement<Row, Values> = (db: Kysely<SealedTables>, slots: Slots<Values>) => Compilable<Row>;

/** Runs rare queries and kept statements. */
export interface Queries {
  /** For rare queries. They are built again each time. */
  readonly db: Kysely<Tables>;

  /** The rows of a statement that is built once and kept: see `Statements`. */
  all<Row, Values extends object>(
    name: string,
    values: Values,
    build: BuildStatement<Row, Values>,
  ): Promise<Unsealed<Row>[]>;

  /** The first row of such a statement, or undefined when there is none. */
  first<Row, Values extends object>(
    name: string,
    values: Values,
    build: BuildStatement<Row, Values>,
  ): Promise<Unsealed<Row> | undefined>;
}

/** A value that is the same for every caller, written out in the statement. */
export function constant<Value extends Flag | GroupKindName | GroupStatusName>(
  value: Value,
): Expression<Sealed<Value>> {
  return sql.lit(value) as RawBuilder<never>;
}

/** Stands for a value in a compiled statement, until the statement runs. */
class Slot {
  readonly name: string;
  /** The index in the list, when the value is a list. */
  readonly item: number | undefined;

  constructor(name: string, item?: number) {
    this.name = name;
    this.item = item;
  }
}

/** A statement with its values, as a driver runs it. */
export interface FilledStatement extends Pick<CompiledQuery, 'sql' | 'parameters'> {
  /** Whether the same SQL runs again and again, so that a driver may keep it prepared. */
  readonly kept: boolean;
}

/**
 * Queries that Kysely builds and compiles once and that run many times, because building one takes longer than SQLite
 * needs to answer it. Each database has its own instance, because the SQL depends on the engine.
 */
export class Statements {
  readonly #db: Kysely<SealedTables>;
  readonly #compiled = new Map<string, FilledStatement>();

  /** `db` is only used to build and compile. */
  constructor(db: Kysely<Tables>) {
    // The tables are the same; the types of their columns keep values out of the statements.
    this.#db = db;
  }

  /** How many statements are kept at present. */
  get size(): number {
    return this.#compiled.size;
  }

  /**
   * The statement that `build` makes, with the values in their slots. It is built once for each `name` and set of members of
   * `values` that are not undefined. When there are too many, the one that was used least recently is dropped. Statements with a list
   * are built each time, because their SQL depends on the list's length. Throws when the statement holds a value that did not come
   * through a slot.
   */
  fill<Row, Values extends object>(name: string, values: Values, build: BuildStatement<Row, Values>): FilledStatement {
    let key = name;
    let kept = true;
    for (const member in values) {
      const value = values[member];
      if (value === undefined) continue;
      key += ` ${member}`;
      if (Array.isArray(value)) kept = false;
    }
    const compile = () => this.#compile(name, values, build, kept);
    const statement = kept ? recentlyUsed(this.#compiled, key, MAX_STATEMENTS, compile) : compile();
    const given = values as Record<string, unknown>;
    return {
      ...statement,
      parameters: (statement.parameters as readonly Slot[]).map((slot) => valueOf(slot, given)),
    };
  }

  #compile<Row, Values extends object>(
    name: string,
    values: Values,
    build: BuildStatement<Row, Values>,
    kept: boolean,
  ): FilledStatement {
    const slots = Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([member, value]) => [member, slotsFor(member, value)]);
    const { sql: text, parameters } = build(this.#db, Object.fromEntries(slots) as Slots<Values>).compile();
    if (!parameters.every((parameter) => parameter instanceof Slot)) {
      throw new Error(
        `the statement "${name}" holds a value of its first caller: its builder must use the slots that it is given`,
      );
    }
    return { sql: text, parameters, kept };
  }
}

function slotsFor(member: string, value: unknown): RawBuilder<unknown> | RawBuilder<unknown>[] {
  return Array.isArray(value)
    ? value.map((_item, place) => sql.val(new Slot(member, place)))
    : sql.val(new Slot(member));
}

function valueOf({ name, item }: Slot, values: Record<string, unknown>): unknown {
  const value = values[name];
  return item === undefined ? value : (value as readonly unknown[])[item];
}
