import { parentPort, workerData } from 'node:worker_threads';
import type { DocumentNode } from 'graphql';
import type { Session } from '../../../database/database.ts';
import type { DatabaseAddress } from '../../../database/open.ts';
import { openReadOnly } from '../../../database/open.ts';
import { RequestEnded } from '../../../http/request-signal.ts';
import { contextFactory } from '../../context.ts';
import { createSchema } from '../../schema.ts';
import { parseDocument } from '../document.ts';
import { createExecute } from '../execute.ts';
import type { AnswerMessage, InternalErrorMessage, QueryMessage } from './message.ts';
import { errorMessage, internalErrorMessage } from './message.ts';
import type { ThreadData } from './thread.ts';

// The code of a thread that executes queries: see query-threads.ts. It gets one query at a time. Its event loop stands
// still meanwhile, so that no message and no AbortSignal reaches it: it looks into shared memory before each statement.

/** How many documents are kept parsed, and how long, in characters, each of them is at most. */
const MAX_DOCUMENTS = 200;
const MAX_KEPT_LENGTH = 20_000;

let internalErrors: InternalErrorMessage[] = [];
const execute = createExecute(createSchema(), (error) => void internalErrors.push(internalErrorMessage(error)));
// `workerData` is what query-threads.ts passes.
const { data: address, stop } = workerData as ThreadData<DatabaseAddress>;
const { reader, write } = openReadOnly(address);
const createContext = contextFactory({ reader: stopping(reader), write });
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

/** The session, which runs no further statement of a query that is to be stopped. Nobody waits for its result then. */
function stopping(session: Session): Session {
  const check = () => {
    if (Atomics.load(stop, 0) === 1) throw new RequestEnded('The query was stopped.');
  };
  return {
    db: session.db,
    all: async (name, values, build) => {
      check();
      return session.all(name, values, build);
    },
    first: async (name, values, build) => {
      check();
      return session.first(name, values, build);
    },
  };
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
