import type { Response } from 'express';
import { RETRY_AFTER_SECONDS } from '../http/retry-after.ts';
import { sendJson } from './json-response.ts';

/** A request that is answered with an error, in the words of the REST contract. */
export class HttpError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, string | readonly string[]>>;
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param body The JSON of the answer; a text becomes `{detail: text}`.
   */
  constructor(
    status: number,
    body: string | Readonly<Record<string, string | readonly string[]>>,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(`answered with ${status}`);
    this.status = status;
    this.body = typeof body === 'string' ? { detail: body } : body;
    this.headers = headers;
  }
}

/** The server cannot do it at present. Nothing has changed, so that the request can be sent again. */
export function serviceUnavailable(message: string): HttpError {
  return new HttpError(503, message, { 'retry-after': String(RETRY_AFTER_SECONDS) });
}

/** What a caller is told who may not do what it asks for. */
export const NOT_PERMITTED = 'You do not have permission to perform this action.';

/** The answer to one request too many. It passes by itself after these seconds. */
export function throttled(seconds: number): HttpError {
  const plural = seconds === 1 ? '' : 's';
  return new HttpError(429, `Request was throttled. Expected available in ${seconds} second${plural}.`, {
    'retry-after': String(seconds),
  });
}

export function sendHttpError(response: Response, { status, body, headers }: HttpError): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  sendJson(response, status, body);
}
