import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Answers, in JSON, what Node's parser cannot read as an HTTP request: 431 when the headers or the address are larger
 * than it takes, 400 otherwise. Such a request never reaches the routes.
 */
export function answerUnreadableRequests(server: Server): void {
  server.on('clientError', (error: Error & { code?: string }, socket) => refuse(error.code, socket));
}

function refuse(code: string | undefined, socket: Duplex): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const tooLarge = code === 'HPE_HEADER_OVERFLOW';
  const status = tooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const detail = tooLarge
    ? 'The headers, or the address, are too large: at most 16 KiB are taken.'
    : 'This is no HTTP request. Percent-encode what is not ASCII in the address.';
  const body = JSON.stringify({ detail });
  socket.end(
    [
      `HTTP/1.1 ${status}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
