import { readToken } from '../../console/app/session/token.js';
import { eventsOf } from '../../console/app/api/server-sent-events.ts';
import { scrollToAnswer, showAnswer, showEvent, showState } from './answer.ts';
import { operationAt, operations, titleOf } from './operations.ts';
import { button } from './page.ts';
import { send, type Operation } from './send.ts';
import { session } from './session.ts';

const control = button('run');

let running: AbortController | undefined;

/** Abort reason for an operation whose token was forgotten: its end is not shown. */
const FORGOTTEN = Symbol('forgotten');

/**
 * Runs the current operation, or stops it if it is running.
 * @param caret The position of the caret. If the text has several operations, the one at the caret is run.
 */
export async function runOrStop(caret: number): Promise<void> {
  if (running) return running.abort();
  scrollToAnswer();
  const { query, variables } = operations.current;
  const { kind, name } = operationAt(query, caret);
  const values = parseVariables(variables);
  if (values === undefined) {
    showAnswer('');
    return showState('The variables are not a JSON object.', 'failed');
  }
  operations.noteRun();
  const operation: Operation = { query, variables: values, ...(name !== undefined && { operationName: name }) };
  running = new AbortController();
  const { signal } = running;
  control.textContent = 'Stop';
  showAnswer('');
  showState('Running…', 'busy');
  const started = performance.now();
  try {
    if (kind === 'subscription') await follow(operation, signal);
    else await ask(operation, signal, started);
  } catch {
    if (signal.reason === FORGOTTEN) return;
    if (signal.aborted) showState('Stopped', 'done');
    else showState('The server cannot be reached.', 'failed');
  } finally {
    running = undefined;
    control.textContent = 'Run';
  }
}

/** Stops the running operation, because it would continue with the token that it began with. Removes the answer. */
export function forgetAnswer(): void {
  running?.abort(FORGOTTEN);
  showAnswer('');
  showState('', 'done');
}

async function ask(operation: Operation, signal: AbortSignal, started: number): Promise<void> {
  const response = await send(readToken(), operation, { signal });
  const text = await response.text();
  const ms = Math.round(performance.now() - started);
  showResponse(response, text, `${response.status} · ${ms} ms`);
}

/** Shows the events of a subscription as they arrive, the newest first. */
async function follow(operation: Operation, signal: AbortSignal): Promise<void> {
  const response = await send(readToken(), operation, { signal, stream: true });
  if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
    return showResponse(response, await response.text(), String(response.status));
  }
  showState(`Listening to ${operation.operationName ?? titleOf(operation)}`, 'busy');
  for await (const { event, data } of eventsOf(response.body)) {
    if (event === 'next') showEvent(indented(data));
  }
  showState('The server has ended the subscription.', 'done');
}

function showResponse(response: Response, text: string, state: string): void {
  showAnswer(indented(text));
  showState(state, response.ok ? 'done' : 'failed');
  // The answer takes more room than the empty text before it.
  scrollToAnswer();
  if (response.status === 401 && readToken() !== undefined) session.refuse();
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The variables as an object: empty for an empty text, undefined if the text is not a JSON object. */
function parseVariables(text: string): object | undefined {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
