import { parentPort, workerData } from 'node:worker_threads';
import type { DocumentNode } from 'graphql';
import type { DatabaseAddress } from '../../../database/open.ts';
import { openReadOnly } from '../../../database/open.ts';
import { contextFactory } from '../../context.ts';
import { createSchema } from '../../schema.ts';
import { parseDocument } from '../document.ts';
import { createExecute } from '../execute.ts';
import type { AnswerMessage, InternalErrorMessage, QueryMessage } from './message.ts';
import { errorMessage, internalErrorMessage } from './message.ts';

// The code of a thread that executes queries: see query-threads.ts. It gets one query at a time. It is ended from
// outside when the query's time is up, so that it has no deadline itself.

/** How many documents are kept parsed, and how long, in characters, each of them is at most. */
const MAX_DOCUMENTS = 200;
const MAX_KEPT_LENGTH = 20_000;

let internalErrors: InternalErrorMessage[] = [];
const execute = createExecute(createSchema(), (error) => void internalErrors.push(internalErrorMessage(error)));
// `workerData` is what query-threads.ts passes.
const createContext = contextFactory(openReadOnly(workerData as DatabaseAddress));
const { signal } = new AbortController();
const documents = new Map<string, DocumentNode>();

parentPort?.on('message', (query: QueryMessage) => void answer(query));

async function answer({ text, operationName, variables, caller }: QueryMessage): Promise<void> {
  internalErrors = [];
  const { data, errors } = await execute(
    { document: parsed(text), operationName, variables },
    createContext(caller, signal),
  );
  const message: AnswerMessage = {
    data: data === undefined ? undefined : JSON.stringify(data),
    errors: errors?.map(errorMessage),
    internalErrors,
  };
  parentPort?.postMessage(message);
}

/** The document of a text. The same one is returned for the same text, because repeated queries are compiled by document. */
function parsed(text: string): DocumentNode {
  let document = documents.get(text);
  if (document) return document;
  document = parseDocument(text);
  if (documents.size >= MAX_DOCUMENTS) documents.clear();
  if (text.length <= MAX_KEPT_LENGTH) documents.set(text, document);
  return document;
}
