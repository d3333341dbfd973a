import type { Response } from 'express';
import { endWithBytes } from '../http/end-with-bytes.ts';
import { indentOf } from './accept.ts';

/** Sends a value as JSON. */
export function sendJson(response: Response, status: number, body: unknown): void {
  sendJsonText(response, status, JSON.stringify(body));
}

/** Sends a JSON text. The Content-Type has no charset, because existing servers send none and JSON needs none. */
export function sendJsonText(response: Response, status: number, text: string): void {
  sendJsonBytes(response, status, Buffer.from(text));
}

/** The same for a text that is already encoded. It is indented if the Accept header asks for that. */
export function sendJsonBytes(response: Response, status: number, compact: Buffer): void {
  const indent = indentOf(response.req.headers.accept);
  const bytes = indent === 0 ? compact : Buffer.from(JSON.stringify(JSON.parse(compact.toString()), null, indent));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
  endWithBytes(response, bytes);
}
