import type { Request, Response } from 'express';
import { isExpectedEnd } from '../graphql/execution/subscribe.ts';
import { tagAnswer } from '../http/entity-tag.ts';
import { beginningSignal, requestSignal } from '../http/request-signal.ts';
import { EVENT_STREAM, eventText, lastEventId } from '../http/streams/event-stream.ts';
import type { OpenStream, OpenStreams } from '../http/streams/open-streams.ts';
import { StreamEnded, TOO_MANY_STREAMS_MESSAGE, TOO_MANY_STREAMS_RETRY_AFTER } from '../http/streams/open-streams.ts';
import { sendStream } from '../http/streams/send-stream.ts';
import { namesType } from './accept.ts';
import type { Authorized } from './authorize.ts';
import { authorize, givenCredentials } from './authorize.ts';
import type { EndpointParts } from './endpoint.ts';
import type { FollowChangesSubscription } from './generated/operations.ts';
import { FollowChangesDocument } from './generated/operations.ts';
import { HttpError, serviceUnavailable } from './http-error.ts';
import { sendJson } from './json-response.ts';
import type { Follow } from './prepare.ts';
import { QueryParameters } from './query-parameters.ts';
import { restTime } from './time.ts';

/** How many changes an answer can have. */
export const LIMIT = { default: 100, max: 250 };

/** How long, in seconds, a request can wait for a change. Nothing is sent on the connection while it waits. */
const MAX_WAIT = 30;

export interface ChangesParts extends EndpointParts {
  readonly follow: Follow;
  readonly streams: OpenStreams;
}

type Batch = FollowChangesSubscription['changes'];

/**
 * Answers `/api/v2/changes.json`, which existing servers do not have, with the changes after a cursor. It answers at once, or waits until
 * there are changes (`Prefer: wait`), or sends a stream of server-sent events. All three use the same subscription.
 */
export async function answerChanges(
  parts: ChangesParts,
  request: Request,
  response: Response,
  methods: readonly string[],
): Promise<void> {
  const isGet = request.method === 'GET';
  const isStream = isGet && namesType(request.headers.accept, EVENT_STREAM);
  const wait = isGet && !isStream ? waitOf(request.headers.prefer) : 0;
  const isLong = isStream || wait > 0;
  const authorized = await authorize(parts, request, response, methods, {
    form: isStream ? EVENT_STREAM : 'application/json',
    // A caller who waits for a change wants no answer, not even a 304, before there is a change.
    conditional: !isLong,
  });
  if (!authorized) return;
  const { caller, place, tag } = authorized;
  const variables = variablesOf(request);

  const stream = isLong ? openStream(parts, authorized, request, response) : null;
  if (isLong && !stream) throw tooManyStreams();
  const { signal, begun } = stream
    ? beginningSignal(stream.signal, parts.requestTimeout)
    : { signal: requestSignal(response, parts.requestTimeout), begun() {} };
  const close = () => stream?.close();
  const open = () => ({ signal, close });
  // A browser that reconnects sends the id of the last event that it has received.
  const resumeAfter = isStream ? lastEventId(request) : undefined;
  const context = parts.createContext(caller, signal, { open, resumeAfter });
  const batches = await parts.follow(FollowChangesDocument, variables, context);
  // Long answers are limited by the number of streams, so they must not take a place among the concurrent requests.
  if (isLong) place.leave();
  if (isStream) {
    begun();
    response.locals.observed.stream = true;
    const error = await sendStream(response, EVENT_STREAM, events(batches), signal);
    if (error && !isExpectedEnd(error)) parts.report(error, caller.requestId);
    return;
  }
  const batch = await firstBatch(batches, wait, { begun, close });
  if (wait > 0) response.setHeader('preference-applied', `wait=${wait}`);
  if (tag !== null && tagAnswer(response, tag)) return;
  sendJson(response, 200, shown(batch));
}

function openStream(
  { streams, roleNow }: ChangesParts,
  { caller: { viewer } }: Authorized,
  request: Request,
  response: Response,
): OpenStream | null {
  const credentials = givenCredentials(request);
  const { workspace, token, role } = viewer;
  const owner = {
    workspace: workspace.id,
    token: token.id,
    role,
    roleNow: async () => credentials && (await roleNow(credentials)),
  };
  return streams.open(owner, response);
}

function tooManyStreams(): HttpError {
  return new HttpError(429, TOO_MANY_STREAMS_MESSAGE, { 'retry-after': String(TOO_MANY_STREAMS_RETRY_AFTER) });
}

/** The variables of the subscription. Throws an HttpError when a parameter cannot be used. */
function variablesOf(request: Request) {
  const parameters = new QueryParameters(request);
  const [limit, after] = [parameters.last('limit') ?? String(LIMIT.default), parameters.last('after')];
  const first = /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (first < 1 || first > LIMIT.max) {
    throw new HttpError(400, `Param 'limit': ${limit} is not a number from 1 to ${LIMIT.max}.`);
  }
  return {
    first,
    from: after === 'now' ? ('NOW' as const) : ('OLDEST' as const),
    ...(after !== undefined && after !== 'now' && { after }),
  };
}

/** The seconds of the preference `wait` (RFC 7240, 4.3), at most MAX_WAIT; 0 when there is none. */
function waitOf(prefer: string | string[] | undefined): number {
  const [, seconds] = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,9})"?(?:$|[,;\s])/i.exec(String(prefer ?? '')) ?? [];
  return Math.min(Number(seconds ?? 0), MAX_WAIT);
}

/**
 * The batch to answer with. Without `wait` it is the first batch. With `wait` it is the first batch with changes, or the last batch that
 * arrived within so many seconds after the first one. When the server stops, the wait ends. `begun` is called for each batch, and `close`
 * when the time is over.
 */
async function firstBatch(
  batches: AsyncIterable<FollowChangesSubscription>,
  wait: number,
  { begun, close }: { begun(): void; close(): void },
): Promise<Batch> {
  let last: Batch | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    for await (const { changes } of batches) {
      last = changes;
      begun();
      if (wait === 0 || changes.changes.length > 0) break;
      timer ??= setTimeout(close, wait * 1000);
    }
  } catch (error) {
    if (!(error instanceof StreamEnded)) throw error;
    if (!last) throw serviceUnavailable(error.message);
  } finally {
    clearTimeout(timer);
  }
  if (!last) throw new Error('the subscription gave no batch');
  return last;
}

/** A batch as an event. An error that ends the stream is the last event. */
async function* events(batches: AsyncIterable<FollowChangesSubscription>): AsyncGenerator<string> {
  try {
    for await (const { changes } of batches) {
      yield eventText({ event: 'changes', id: changes.cursor, data: JSON.stringify(shown(changes)) });
    }
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    yield eventText({ event: 'error', data: JSON.stringify(error.body) });
  }
}

/** The fields that have another name in REST. */
const FIELD_NAMES: Readonly<Record<string, string>> = { contactCount: 'count' };

function shown({ changes, cursor, upToDate }: Batch) {
  return {
    results: changes.map(({ at, action, subjectType, subjectUuid, origin, ...rest }) => ({
      uuid: rest.uuid,
      revision: rest.revision,
      changed_on: restTime(at),
      action: action.toLowerCase(),
      type: subjectType.toLowerCase(),
      object: subjectUuid,
      fields: rest.fields.map((field) => ({ ...field, name: FIELD_NAMES[field.name] ?? field.name })),
      actor: rest.actor,
      origin: origin.toLowerCase(),
    })),
    cursor,
    up_to_date: upToDate,
  };
}
