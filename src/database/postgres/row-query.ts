import pg from 'pg';
import type { RowClient } from './row-client.ts';
import type { RowShape } from './row-shape.ts';
import { rowOf, shapeOf } from './row-shape.ts';
import type { RowMessage } from './row-splitter.ts';

/** The members of node-postgres that RowQuery overrides or calls. Their types are not published. */
declare module 'pg' {
  interface Query {
    name?: string;
    values?: unknown[];
    prepare(connection: Connection): void;
    handleRowDescription(message: { readonly fields: readonly pg.FieldDef[] }): void;
  }
  interface Connection {
    bind(config: pg.BindConfig): void;
    execute(config: pg.ExecuteConfig | null): void;
  }
}

/** A statement as it is sent to the server. */
export interface QueryText {
  readonly text: string;
  readonly values?: unknown[];
  /** The name under which the server keeps it prepared. */
  readonly name?: string;
}

/** A query of node-postgres on a RowClient. It reads the values from the bytes of the rows. */
export class RowQuery extends pg.Query {
  readonly #client: RowClient;
  #shape: RowShape | undefined;
  #rows: Record<string, unknown>[] = [];
  #unreadable: Error | undefined;

  constructor(
    client: RowClient,
    { text, values, name }: QueryText,
    done: (error: Error | undefined, result: pg.QueryResult) => void,
  ) {
    super(text, values, done);
    if (name !== undefined) this.name = name;
    this.#client = client;
  }

  /** The rows. When there are several commands, the rows of the last one that returns rows. */
  get received(): Record<string, unknown>[] {
    return this.#rows;
  }

  /** Why a row could not be read. */
  get unreadable(): Error | undefined {
    return this.#unreadable;
  }

  /** The server describes a kept statement once on each connection, because the shape of its rows cannot change. */
  override prepare(connection: pg.Connection): void {
    this.#shape = this.name === undefined ? undefined : this.#client.shapes.get(this.name);
    if (!this.#shape) return super.prepare(connection);
    connection.bind({ statement: this.name, values: this.values as string[], valueMapper: textOf });
    connection.execute(null);
    connection.sync();
  }

  override handleRowDescription(message: { readonly fields: readonly pg.FieldDef[] }): void {
    super.handleRowDescription(message);
    this.#shape = shapeOf(message.fields);
    this.#rows = [];
    if (this.name !== undefined) this.#client.shapes.set(this.name, this.#shape);
  }

  handleDataRow({ bytes, start }: RowMessage): void {
    if (!this.#shape || this.#unreadable) return;
    try {
      this.#rows.push(rowOf(this.#shape, bytes, start));
    } catch (error) {
      // The other rows are received but ignored, so that the connection can be used again.
      this.#unreadable = error as Error;
    }
  }
}

/** The text of a value. The values of kept statements are never lists. */
function textOf(value: string | number | null): string | null {
  return value === null ? null : value.toString();
}
