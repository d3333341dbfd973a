import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import type { DocumentNode } from 'graphql';
import { print } from 'graphql';
import { DatabaseUnavailableError } from '../../../database/errors.ts';
import type { SqliteAddress } from '../../../database/open.ts';
import { inodeOf } from '../../../database/open.ts';
import type { WorkspaceId } from '../../../database/tables.ts';
import type { ReportError } from '../../../http/internal-error.ts';
import { codeOf } from '../../../thrown.ts';
import type { CostlyExecutor } from '../costly-executor.ts';
import { MAX_WAITING, TooManyCostlyQueries } from '../costly-executor.ts';
import type { AnswerMessage, FailureMessage, QueryMessage } from './message.ts';
import { errorOf, internalErrorOf } from './message.ts';
import { WorkerPool } from './worker-pool.ts';
import { WorkerEnded } from './worker-process.ts';

/** How many workers there are on a machine. One processor is left to the server's own process. */
const WORKERS = Math.max(1, Math.min(4, availableParallelism() - 1));

/** How long, in ms, a worker may go on with a query that has been ended: about as long as it takes to start a process. */
const GRACE = 300;

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
  // A worker that starts later must not read another file than the server.
  const opened = { address, inode: inodeOf(address) };
  const program = { module, args: [JSON.stringify(opened), JSON.stringify(accounts)] };
  const limits = { workers: Math.max(1, Math.floor(WORKERS / servers)), waiting: MAX_WAITING, grace: GRACE };
  const pool = new WorkerPool<WorkspaceId, QueryMessage, AnswerMessage | FailureMessage>(program, limits);
  const failureOf = ({ failed, isOutage }: FailureMessage, requestId: string): Error => {
    const error = internalErrorOf(failed);
    if (!isOutage) return error;
    // Callers do not see the message, because it has the path of the file.
    report(error, requestId);
    return new DatabaseUnavailableError('the database cannot be opened for reading');
  };
  return {
    async execute({ document, operationName, variables }, { signal, workspace, requestId, viewer, origin, rateLimit }) {
      // The worker gets an empty `observed`, because notes about the request are taken in this process.
      const caller = { requestId, viewer, origin, rateLimit, observed: { codes: [] } };
      const message = { text: textOf(document), operationName, variables, caller };
      const run = () => pool.run(workspace, message, signal);
      const answer = await run().catch((error: unknown) => {
        if (isOutOfProcesses(error)) {
          report(error, requestId);
          throw new TooManyCostlyQueries();
        }
        // The system may have killed the process for another reason than this query. A query changes nothing, so it is tried once more.
        if (!(error instanceof WorkerEnded)) throw error;
        report(error, requestId);
        return run();
      });
      if ('failed' in answer) throw failureOf(answer, requestId);
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

/** Whether the system starts no more processes at present: their number or the memory is used up. */
function isOutOfProcesses(error: unknown): error is Error {
  return error instanceof Error && (codeOf(error) === 'EAGAIN' || codeOf(error) === 'ENOMEM');
}

/** The texts of the documents that were made without one, so that each is printed once. */
const printed = new WeakMap<DocumentNode, string>();

function textOf(document: DocumentNode): string {
  const text = document.loc?.source.body ?? printed.get(document) ?? print(document);
  if (!document.loc) printed.set(document, text);
  return text;
}
