import { setPriority } from 'node:os';
import type { DocumentNode } from 'graphql';
import type { SqliteAddress } from '../../../database/open.ts';
import type { ReadOnlyDatabase } from '../../../database/database.ts';
import { DatabaseError } from '../../../database/errors.ts';
import { openReadOnly } from '../../../database/open.ts';
import { makeRoom } from '../../../memory/make-room.ts';
import { ignoreStopSignals } from '../../../stop-signals.ts';
import type { CreateContext } from '../../context.ts';
import { contextFactory } from '../../context.ts';
import { createSchema } from '../../schema.ts';
import { parseDocument } from '../document.ts';
import { createExecute } from '../execute.ts';
import type { AnswerMessage, FailureMessage, InternalErrorMessage, QueryMessage } from './message.ts';
import { errorMessage, internalErrorMessage } from './message.ts';
import { READY } from './worker-process.ts';

// The program of a process that executes queries: see query-workers.ts. It gets one query at a time. It has no deadline
// itself, because the server ends the process when a query's time is up.

/** How many documents are kept parsed, and how long, in characters, each of them is at most. */
const MAX_DOCUMENTS = 200;
const MAX_KEPT_LENGTH = 20_000;

// The server's own process goes first where there are few processors, because it answers the many small requests. With this
// value it gets three times as much of a processor as this process. With 10 it would get nine times as much, and so would every
// other program of the machine, so that no query would be answered in time while such programs keep the processors busy.
setPriority(5);

// A server that stops still wants answers. It ends this process when it needs it no more.
ignoreStopSignals();
process.on('disconnect', () => process.exit());

// query-workers.ts passes these.
const { address, inode } = JSON.parse(process.argv[2] ?? '') as { address: SqliteAddress; inode?: number };
const accounts = JSON.parse(process.argv[3] ?? '') as readonly string[];
let internalErrors: InternalErrorMessage[] = [];
const execute = createExecute(createSchema(), (error) => void internalErrors.push(internalErrorMessage(error)));
let database: ReadOnlyDatabase | undefined;
let createContext: CreateContext | undefined;
const { signal } = new AbortController();
const documents = new Map<string, DocumentNode>();

process.on('message', (query: QueryMessage) => {
  internalErrors = [];
  answer(query).then(send, (error: Error) =>
    send({ failed: internalErrorMessage(error), isOutage: error instanceof DatabaseError }),
  );
});
send(READY);

function send(message: AnswerMessage | FailureMessage | typeof READY): void {
  // When the server has been killed, the message cannot be sent. Then `disconnect` ends this process.
  process.send?.(message, undefined, undefined, () => {});
}

async function answer({ text, operationName, variables, caller }: QueryMessage): Promise<AnswerMessage> {
  // Opened with the first query, so that a database that cannot be opened is that query's error.
  database ??= openReadOnly(address, inode);
  database.refresh();
  createContext ??= contextFactory(database, null, null, accounts);
  const operation = { document: parsed(text), operationName, variables };
  const { kind, result } = await execute(operation, createContext(caller, signal));
  const data = kind === 'json' ? result.data : jsonOf(result.data);
  return { data, errors: result.errors?.map(errorMessage), internalErrors };
}

function jsonOf(data: unknown): Uint8Array | undefined {
  return data === undefined ? undefined : Buffer.from(JSON.stringify(data));
}

/** The document of a text. The same one is returned for the same text, because plans of queries are kept by document. */
function parsed(text: string): DocumentNode {
  let document = documents.get(text);
  if (document) return document;
  document = parseDocument(text);
  if (text.length <= MAX_KEPT_LENGTH) {
    makeRoom(documents, MAX_DOCUMENTS);
    documents.set(text, document);
  }
  return document;
}
