import type { Response } from 'express';

/** A request that is refused, in the words of the REST contract. */
export class RestRefusal extends Error {
  readonly status: number;
  readonly body: Record<string, string | string[]>;
  readonly headers: Record<string, string>;

  constructor(status: number, body: string | Record<string, string | string[]>, headers: Record<string, string> = {}) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = typeof body === 'string' ? { detail: body } : body;
    this.headers = headers;
  }
}

/** Ends a request with JSON, typed as existing servers type it: without a charset, which JSON does not have. */
export function sendJson(response: Response, status: number, body: unknown): void {
  sendJsonText(response, status, JSON.stringify(body));
}

/** The same for what is JSON already. */
export function sendJsonText(response: Response, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

export function sendRefusal(response: Response, refusal: RestRefusal): void {
  for (const [name, value] of Object.entries(refusal.headers)) response.setHeader(name, value);
  sendJson(response, refusal.status, refusal.body);
}
