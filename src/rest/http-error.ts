import type { Response } from 'express';
import { RETRY_AFTER_SECONDS } from '../http/retry-after.ts';
import { sendJson } from './json-response.ts';

type ErrorBody = Readonly<Record<string, string | number | readonly string[]>>;

/** An error answer, with the message of the REST contract. */
export class HttpError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param body The JSON of the answer. A string becomes `{detail: string}`.
   */
  constructor(status: number, body: string | ErrorBody, headers: Readonly<Record<string, string>> = {}) {
    super(`answered with ${status}`);
    this.status = status;
    this.body = typeof body === 'string' ? { detail: body } : body;
    this.headers = headers;
  }
}

/** The error when the server cannot answer at present. Nothing has changed, so the request can be repeated. */
export function serviceUnavailable(message: string): HttpError {
  return new HttpError(503, message, { 'retry-after': String(RETRY_AFTER_SECONDS) });
}

/** The message for a token that is wrong, has expired or has been revoked: the contract has one for all of these. */
export const INVALID_TOKEN = 'Invalid token';

/** The message for callers who are not allowed to do this. */
export const NOT_PERMITTED = 'You do not have permission to perform this action.';

/** The error when a rate limit is reached. The request can be repeated after so many seconds. */
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
