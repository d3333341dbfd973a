import type { Response } from 'express';

/** Sends a value as JSON. */
export function sendJson(response: Response, status: number, body: unknown): void {
  sendJsonText(response, status, JSON.stringify(body));
}

/** Sends JSON, as text or as the bytes of the text. Its Content-Type names no charset, because existing servers name none and JSON has none. */
export function sendJsonText(response: Response, status: number, text: string | Uint8Array): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
