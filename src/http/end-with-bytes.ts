import type { ServerResponse } from 'node:http';

/**
 * Ends a response with these bytes as its body. Node joins the headers and a body of text to one write, but not the headers
 * and a buffer. In Latin-1 each byte is one character, so nothing changes on the way.
 */
export function endWithBytes(response: ServerResponse, bytes: Buffer): void {
  response.end(bytes.toString('latin1'), 'latin1');
}
