/** A PostgreSQL database, as the settings name it. */
export interface PostgresAddress {
  readonly engine: 'postgres';
  /** `postgres://…`, with the password if there is one. It must not be logged. */
  readonly url: string;
  /** How many connections the process opens at most: half of them for reads, half for writes. */
  readonly connections: number;
  /** Whether the connections lead to a pooler that gives each transaction another connection to the server. */
  readonly pooler: boolean;
}
