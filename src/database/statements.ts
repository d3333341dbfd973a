import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** How many statements are kept. There are as many as there are shapes of queries, which are a few dozen. */
const MOST = 500;

/** A place in a compiled statement for a value that is given when it runs. */
class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Queries that Kysely builds and compiles once, and that run many times: building one takes longer than SQLite needs to
 * answer it. One for each database, whose engine the SQL is for.
 */
export class Statements {
  readonly #compiled = new Map<string, CompiledQuery>();

  /**
   * The rows of the query that `build` makes of the values. It is made once for each name and set of values that are given:
   * `build` sees slots in the place of the values, so that it may hand them on to Kysely, and must not look at them.
   * Values that are undefined are not given. A value that is a list varies the SQL, so that the query is not kept.
   */
  async all<Row, Values extends object>(
    db: Kysely<Tables>,
    name: string,
    values: Values,
    build: (values: Values) => Compilable<Row>,
  ): Promise<Row[]> {
    let key = name;
    for (const member in values) {
      const value = values[member];
      if (value === undefined) continue;
      if (Array.isArray(value)) return (await db.executeQuery<Row>(build(values))).rows;
      key += ` ${member}`;
    }
    const { sql, parameters, query, queryId } = this.#compiled.get(key) ?? this.#compile(key, values, build);
    const filled = parameters.map((parameter) =>
      parameter instanceof Slot ? (values as Record<string, unknown>)[parameter.name] : parameter,
    );
    return (await db.executeQuery<Row>({ sql, parameters: filled, query, queryId })).rows;
  }

  /** The first row, or undefined when there is none. */
  async first<Row, Values extends object>(
    db: Kysely<Tables>,
    name: string,
    values: Values,
    build: (values: Values) => Compilable<Row>,
  ): Promise<Row | undefined> {
    return (await this.all(db, name, values, build))[0];
  }

  #compile<Row, Values extends object>(
    key: string,
    values: Values,
    build: (values: Values) => Compilable<Row>,
  ): CompiledQuery {
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    // A slot stands for a value of whatever type: it is only ever handed on.
    const slots = Object.fromEntries(given.map(([member]) => [member, new Slot(member)])) as Values;
    const compiled = build(slots).compile();
    if (this.#compiled.size < MOST) this.#compiled.set(key, compiled);
    return compiled;
  }
}
