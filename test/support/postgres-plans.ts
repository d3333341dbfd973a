import type { Database } from '../../src/database/database.ts';
import { openPostgres } from '../../src/database/postgres/postgres.ts';
import type { PostgresAddress } from '../../src/database/postgres/address.ts';

/** A step of a plan, as `explain (format json)` prints it. The numbers of blocks are there only with `analyze, buffers`. */
interface PlanStep {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly PlanStep[];
}

/** What `explain` prints about one statement. */
export interface ExplainedStatement {
  readonly sql: string;
  /** The steps of its plan, such as "Index Scan campaigns". */
  readonly steps: readonly string[];
  /**
   * How many pages of 8 KiB the statement has read, from PostgreSQL's cache or from outside it. A page counts each time that it is read.
   * 0 without `analyze`.
   */
  readonly buffers: number;
}

/**
 * Steps that the plan of a page must not have. An incremental sort is allowed. It reads the names in order and sorts only rows with
 * the same name, and no two rows have the same name. It stops at the end of the page.
 */
export const COSTLY = /Seq Scan|^Sort|Bitmap|Hash|Gather/;

/** A database that can explain its statements, with the values that they ran with. */
export class ExplainedDatabase {
  readonly database: Database;
  readonly #heard: { readonly sql: string; readonly parameters: readonly unknown[] }[] = [];

  constructor(address: PostgresAddress) {
    this.database = openPostgres({ ...address, connections: 2 }, (sql, parameters) =>
      this.#heard.push({ sql, parameters }),
    );
  }

  /**
   * Explains each statement that `work` runs. With `analyze` the server runs each statement once more and counts the pages that it
   * reads. Throws when `work` runs no statement.
   */
  async explain(work: () => Promise<unknown>, analyze = false): Promise<ExplainedStatement[]> {
    const before = this.#heard.length;
    await work();
    const ran = this.#heard.slice(before);
    if (ran.length === 0) throw new Error('no statement has run');
    const options = analyze ? 'analyze, buffers, format json' : 'format json';
    return Promise.all(
      ran.map(async ({ sql, parameters }) => {
        const { rows } = await this.database.reader.db.executeQuery<{ 'QUERY PLAN': { Plan: PlanStep }[] }>({
          query: { kind: 'RawNode', sqlFragments: [], parameters: [] } as never,
          queryId: { queryId: 'explain' },
          sql: `explain (${options}) ${sql}`,
          parameters,
        });
        const plans = rows.flatMap((row) => row['QUERY PLAN'].map(({ Plan }) => Plan));
        return { sql, steps: plans.flatMap(stepsOf), buffers: plans.reduce((sum, plan) => sum + buffersOf(plan), 0) };
      }),
    );
  }
}

function stepsOf(step: PlanStep): string[] {
  const relation = step['Relation Name'] === undefined ? '' : ` ${step['Relation Name']}`;
  return [`${step['Node Type']}${relation}`, ...(step.Plans ?? []).flatMap(stepsOf)];
}

/** The buffers of a plan. Only its top step is read, because the counts of a step include those of the steps below it. */
function buffersOf(step: PlanStep): number {
  return (step['Shared Hit Blocks'] ?? 0) + (step['Shared Read Blocks'] ?? 0);
}
