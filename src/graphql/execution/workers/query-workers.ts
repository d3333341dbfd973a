import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import type { DocumentNode } from 'graphql';
import { print } from 'graphql';
import type { SqliteAddress } from '../../../database/open.ts';
import type { WorkspaceId } from '../../../database/tables.ts';
import type { ReportError } from '../../../http/internal-error.ts';
import type { Context } from '../../context.ts';
import type { Executed, Operation } from '../operation.ts';
import type { AnswerMessage, FailureMessage, QueryMessage } from './message.ts';
import { errorOf, internalErrorOf } from './message.ts';
import { WorkerPool } from './worker-pool.ts';

/** How many workers there are on a machine. One processor is left to the server's own process. */
const WORKERS = Math.max(1, Math.min(4, availableParallelism() - 1));

const LIMITS = {
  // With more waiting queries, the last one would wait for longer than its caller does.
  waiting: { total: 64, perOwner: 16 },
  // About as long as it takes to start a process.
  grace: 300,
};

/**
 * Executes a costly query. Rejects with WorkerPoolFull, with the reason of the context's signal when that aborts, and with
 * the error of a worker that failed.
 */
export type ExecuteCostly = (operation: Operation, context: Context) => Promise<Executed>;

/** Where costly queries are executed. */
export interface CostlyExecutor {
  readonly execute: ExecuteCostly;
  /** How many queries wait for their turn at present. */
  waiting(): number;
  /** Ends what is being executed. */
  close(): Promise<void>;
}

/**
 * Processes that execute queries, each with its own connection to the database of this address. None is started before there
 * is a query for it. Internal errors within queries are reported with the request's id.
 * @param servers How many processes serve on this machine. They divide the workers, but each has one at least.
 * @param accounts The addresses of the live accounts that the server is set up for.
 */
export function queryWorkers(
  address: SqliteAddress,
  report: ReportError,
  servers: number,
  accounts: readonly string[],
): CostlyExecutor {
  // The module's name ends in .ts in the repository, and in .js in the compiled package.
  const module = join(import.meta.dirname, `query-worker${extname(import.meta.filename)}`);
  const program = { module, args: [JSON.stringify(address), JSON.stringify(accounts)] };
  const limits = { ...LIMITS, workers: Math.max(1, Math.floor(WORKERS / servers)) };
  const pool = new WorkerPool<WorkspaceId, QueryMessage, AnswerMessage | FailureMessage>(program, limits);
  const textOf = documentTexts();
  return {
    async execute({ document, operationName, variables }, { signal, workspace, requestId, viewer, origin, rateLimit }) {
      // The worker gets an empty `observed`, because notes about the request are taken in this process.
      const caller = { requestId, viewer, origin, rateLimit, observed: { codes: [] } };
      const answer = await pool.run(workspace, { text: textOf(document), operationName, variables, caller }, signal);
      if ('failed' in answer) throw internalErrorOf(answer.failed);
      for (const error of answer.internalErrors) report(internalErrorOf(error), requestId);
      const { data } = answer;
      const errors = answer.errors?.map((error) => errorOf(error, document.loc?.source));
      return data === undefined
        ? { kind: 'single', result: { ...(errors && { errors }) } }
        : { kind: 'json', result: { data, errors } };
    },
    waiting: () => pool.waiting,
    close: () => pool.close(),
  };
}

/** Returns a function that gives the text of a document. Documents that were made without a text are printed once. */
function documentTexts(): (document: DocumentNode) => string {
  const printed = new WeakMap<DocumentNode, string>();
  return (document) => {
    const text = document.loc?.source.body ?? printed.get(document) ?? print(document);
    if (!document.loc) printed.set(document, text);
    return text;
  };
}
