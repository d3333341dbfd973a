import type { Response } from 'express';

/** Sends a value as JSON. */
export function sendJson(response: Response, status: number, body: unknown): void {
  sendJsonText(response, status, JSON.stringify(body));
}

/** Sends a JSON text. Its Content-Type names no charset, because existing servers name none and JSON has none. */
export function sendJsonText(response: Response, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
