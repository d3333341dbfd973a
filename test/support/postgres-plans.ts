import type { Database } from '../../src/database/database.ts';
import { openPostgres } from '../../src/database/postgres/postgres.ts';
import type { PostgresAddress } from '../../src/database/postgres/address.ts';

/** A step of a plan, as `explain (format json)` tells of it. The members about buffers are those of `analyze, buffers`. */
interface PlanStep {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly PlanStep[];
}

/** What the server says of one statement. */
export interface ExplainedStatement {
  readonly sql: string;
  /** The steps of its plan, such as "Index Scan campaigns". */
  readonly steps: readonly string[];
  /** How many pages of 8 KiB it has read, each as often as it came back to it, wherever they were. 0 when it was not run. */
  readonly buffers: number;
}

/**
 * Steps that no plan of a page may have. An incremental sort is none of them: it puts only rows of the same name in order, of
 * which there are no two, while it reads the range of names to the end of the page.
 */
export const COSTLY = /Seq Scan|^Sort|Bitmap|Hash|Gather/;

/** A database whose statements can be explained, with the values that they had. */
export class ExplainedDatabase {
  readonly database: Database;
  readonly #heard: { readonly sql: string; readonly parameters: readonly unknown[] }[] = [];

  constructor(address: PostgresAddress) {
    this.database = openPostgres({ ...address, connections: 2 }, (sql, parameters) =>
      this.#heard.push({ sql, parameters }),
    );
  }

  /**
   * Explains each statement that `work` runs. With `analyze` the server runs it once more and counts what it reads. Throws when
   * there is none.
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

/** A step's counts include those of the steps below it. */
function buffersOf(step: PlanStep): number {
  return (step['Shared Hit Blocks'] ?? 0) + (step['Shared Read Blocks'] ?? 0);
}
