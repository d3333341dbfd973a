import type { TypedDocumentString } from '../generated/graphql.ts';
import { ENDPOINT, jsonRequest, operationByHash, send, TIMEOUT_MS } from './send.ts';

interface EarlyRequest {
  token: string;
  body: string;
  response: Promise<Response>;
}

declare global {
  interface Window {
    /** The request that the script in the page has sent, until the program takes it over. */
    earlyRequest?: EarlyRequest | undefined;
  }
}

/** Sends an operation while the program is still loading. The program takes over the response when it sends the same operation. */
export function sendEarly<Data, Variables>(
  token: string,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): void {
  const timeout = new AbortController();
  setTimeout(() => timeout.abort(), TIMEOUT_MS);
  const body = JSON.stringify(operationByHash(document, variables));
  const response = send(token, ENDPOINT, jsonRequest(body), timeout.signal);
  // The program handles the error, but may not be loaded yet. This keeps the browser from reporting an unhandled rejection.
  response.catch(() => {});
  window.earlyRequest = { token, body, response };
}

/** Returns the response to this request, if the first script has sent it. Later calls return undefined. */
export function takeEarlyResponse(token: string, body: string): Promise<Response> | undefined {
  const early = window.earlyRequest;
  if (early?.token !== token || early.body !== body) return undefined;
  window.earlyRequest = undefined;
  return early.response;
}
