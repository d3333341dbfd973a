import type { TypedDocumentString } from '../generated/graphql.ts';
import { RequestError, troubleOf, type Trouble } from './trouble.ts';

/** Runs one operation as the holder of a token; throws a RequestError when there is no data. */
export type Execute = <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
) => Promise<Data>;

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string; requestId?: string } }[];
}

const ENDPOINT = '/graphql';
/** A thin link may be slow, but a request that has no answer after this long is taken for lost. */
const TIMEOUT_MS = 30_000;

export function executeAs(token: string): Execute {
  return async <Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<Data> => {
    const sha256Hash = hashOf(document);
    const byHash = { variables, extensions: { persistedQuery: { version: 1, sha256Hash } } };
    try {
      return await post<Data>(token, byHash, signal);
    } catch (error) {
      // A server of another version does not know the hash. Where any document is allowed, the text itself will do.
      if (!(error instanceof UnknownDocument)) throw error;
      return await post<Data>(token, { query: document.toString(), variables }, signal).catch((again: unknown) => {
        throw again instanceof UnknownDocument ? new RequestError({ kind: 'outdated' }) : again;
      });
    }
  };
}

/** The same, telling how each request went: with its trouble, or undefined when it was answered. */
export function reportingTo(heard: (trouble: Trouble | undefined) => void, execute: Execute): Execute {
  return async (document, variables, signal) => {
    try {
      const data = await execute(document, variables, signal);
      heard(undefined);
      return data;
    } catch (error) {
      // What the console itself gave up asking says nothing about the server.
      if (!signal?.aborted) heard(troubleOf(error));
      throw error;
    }
  };
}

class UnknownDocument extends Error {}

const UNKNOWN_DOCUMENT_CODES = new Set([
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'DOCUMENT_NOT_TRUSTED',
]);

function hashOf(document: TypedDocumentString<unknown, never>): string {
  // oxlint-disable-next-line no-underscore-dangle -- the code generator's name for it
  const hash: unknown = document.__meta__?.['hash'];
  if (typeof hash !== 'string') throw new Error('An operation has no hash: run the code generator.');
  return hash;
}

async function post<Data>(token: string, body: object, signal: AbortSignal | undefined): Promise<Data> {
  const timeout = new AbortController();
  const stop = () => timeout.abort();
  const timer = setTimeout(stop, TIMEOUT_MS);
  signal?.addEventListener('abort', stop);
  try {
    const response = await fetch(ENDPOINT, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify(body),
      credentials: 'omit',
      signal: timeout.signal,
    });
    const answer = await readAnswer<Data>(response);
    if (answer?.data && !answer.errors) return answer.data;
    const code = answer?.errors?.[0]?.extensions?.code;
    if (code !== undefined && UNKNOWN_DOCUMENT_CODES.has(code)) throw new UnknownDocument();
    throw new RequestError(troubleIn(response, answer));
  } catch (error) {
    if (error instanceof RequestError || error instanceof UnknownDocument) throw error;
    if (signal?.aborted) throw error;
    throw new RequestError({ kind: 'unreachable' });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** A proxy in front of a server that is away answers with a page of its own: that is no answer. */
async function readAnswer<Data>(response: Response): Promise<Answer<Data> | undefined> {
  if (!/json/.test(response.headers.get('content-type') ?? '')) return undefined;
  return (await response.json()) as Answer<Data>;
}

function troubleIn(response: Response, answer: Answer<unknown> | undefined): Trouble {
  const error = answer?.errors?.[0];
  const code = error?.extensions?.code;
  if (response.status === 401 || code === 'UNAUTHENTICATED') return { kind: 'signed-out' };
  if (response.status === 403 || code === 'FORBIDDEN') return { kind: 'forbidden' };
  if (response.status === 429 || code === 'RATE_LIMITED') {
    return { kind: 'rate-limited', retryAfterSeconds: Number(response.headers.get('retry-after')) || 60 };
  }
  if (response.status >= 502 && response.status <= 504) return { kind: 'unreachable' };
  return {
    kind: 'failed',
    message: error?.message ?? `The server answered with status ${response.status}.`,
    requestId: error?.extensions?.requestId ?? response.headers.get('x-request-id') ?? undefined,
  };
}
