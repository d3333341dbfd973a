import type { TypedDocumentString } from '../generated/graphql.ts';
import { detailsOf, readBody, type ResponseBody } from './execute.ts';
import { inHeader } from './in-header.js';
import { RequestError } from './request-error.ts';
import { operationByHash, ENDPOINT } from './send.ts';
import { eventsOf } from './server-sent-events.ts';

/**
 * The results of a subscription, one after the other. It ends when the server says that there are no more. Throws a
 * RequestError if the server refuses the stream, if the stream breaks, or if it is silent for too long.
 */
export type Subscribe = <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  signal: AbortSignal,
) => AsyncGenerator<Data, void, void>;

/** The server sends the first result at once. If none arrives in this time, a proxy is probably buffering the stream. */
const FIRST_RESULT_MS = 5_000;
/** The server sends a result at least every 20 seconds. */
const MAX_SILENCE_MS = 30_000;

/** A `Subscribe` that opens its streams with this token. */
export function subscribeAs(token: string): Subscribe {
  return async function* subscribe<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    signal: AbortSignal,
  ) {
    const silence = new AbortController();
    const stop = () => silence.abort();
    signal.addEventListener('abort', stop);
    let timer = setTimeout(stop, FIRST_RESULT_MS);
    try {
      const response = await fetch(ENDPOINT, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'text/event-stream',
          authorization: `Bearer ${inHeader(token)}`,
        },
        body: JSON.stringify(operationByHash(document, variables)),
        credentials: 'omit',
        cache: 'no-store',
        signal: silence.signal,
      });
      if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
        throw new RequestError(detailsOf(response, await readBody(response)));
      }
      for await (const { event, data } of eventsOf(response.body)) {
        if (event === 'complete') return;
        if (event !== 'next') continue;
        clearTimeout(timer);
        timer = setTimeout(stop, MAX_SILENCE_MS);
        const result = JSON.parse(data) as ResponseBody<Data>;
        if (!result.data || result.errors) throw new RequestError(detailsOf(response, result));
        yield result.data;
      }
      throw new RequestError({ kind: 'unreachable' });
    } catch (error) {
      if (signal.aborted || error instanceof RequestError) throw error;
      throw new RequestError({ kind: 'unreachable' });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      stop();
    }
  };
}
