import type { Response } from 'express';
import { endWithBytes } from '../http/end-with-bytes.ts';
import type { LoopTurns } from '../waiting/loop-turns.ts';
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
  sendBytes(response, status, bytes);
}

/**
 * Sends an object whose last member, `name`, is a list of `items`, of which there is at least one. They are written one by one, because
 * others wait while they are written, and they can have megabytes.
 */
export async function sendJsonList(
  response: Response,
  status: number,
  { members, name, items }: { members: object; name: string; items: Iterable<unknown> },
  turns: LoopTurns,
): Promise<void> {
  const indent = indentOf(response.req.headers.accept);
  const newLine = indent === 0 ? '' : `\n${' '.repeat(2 * indent)}`;
  const around = JSON.stringify({ ...members, [name]: [0] }, null, indent);
  const [start, end] = [around.slice(0, around.lastIndexOf('0')), around.slice(around.lastIndexOf('0') + 1)];
  const pieces: Buffer[] = [];
  for (const item of items) {
    await turns.next();
    const text = JSON.stringify(item, null, indent).replaceAll('\n', newLine);
    pieces.push(Buffer.from(pieces.length === 0 ? start + text : `,${newLine}${text}`));
  }
  pieces.push(Buffer.from(end));
  sendBytes(response, status, Buffer.concat(pieces));
}

function sendBytes(response: Response, status: number, bytes: Buffer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
  endWithBytes(response, bytes);
}
