import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import type { DocumentNode } from 'graphql';
import { print } from 'graphql';
import type { DatabaseAddress } from '../../../database/open.ts';
import type { WorkspaceId } from '../../../database/tables.ts';
import type { ReportError } from '../../../http/internal-error.ts';
import type { Context } from '../../context.ts';
import type { Operation, TextResult } from '../operation.ts';
import type { AnswerMessage, QueryMessage } from './message.ts';
import { errorOf, internalErrorOf } from './message.ts';
import { ThreadPool } from './thread-pool.ts';

/**
 * How many threads run, and how many queries may wait for one. One processor is left to the main thread. The numbers of
 * waiting queries are small, because those at the end would wait for longer than their callers do.
 */
const LIMITS = {
  threads: Math.max(1, Math.min(4, availableParallelism() - 1)),
  waiting: { total: 64, perOwner: 16 },
  grace: 1_000,
};

/**
 * Executes a query in another thread. Rejects with ThreadPoolFull, with the reason of the context's signal when that
 * aborts, and with the error of a thread that failed.
 */
export type ExecuteInThread = (operation: Operation, context: Context) => Promise<TextResult>;

/** Threads that execute queries, each with its own connection to the database. */
export interface QueryThreads {
  readonly execute: ExecuteInThread;
  /** Ends the threads, whatever they are doing. */
  close(): Promise<void>;
}

/**
 * Threads for the database of this address. None is started before there is a query for it. Internal errors within
 * queries are reported with the request's id.
 */
export function queryThreads(address: DatabaseAddress, report: ReportError): QueryThreads {
  // The compiled package has the module under its other name.
  const url = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);
  const pool = new ThreadPool<WorkspaceId, QueryMessage, AnswerMessage>({ url, data: address }, LIMITS);
  const textOf = documentTexts();
  return {
    async execute({ document, operationName, variables }, { signal, workspace, requestId, viewer, rateLimit }) {
      const message = {
        text: textOf(document),
        operationName,
        variables,
        caller: { requestId, viewer, rateLimit },
      };
      const { data, errors, internalErrors } = await pool.run(workspace, message, signal);
      for (const error of internalErrors) report(internalErrorOf(error), requestId);
      return { data, errors: errors?.map((error) => errorOf(error, document.loc?.source)) };
    },
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
