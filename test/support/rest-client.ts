import type { Reply } from '../contract/wire.ts';
import { headerBytes, send } from '../contract/wire.ts';
import type { TokenName } from './fixture.ts';
import { tokenKey } from './fixture.ts';

export interface RestRequest {
  /** Without one it is GET, and with a body POST. */
  readonly method?: string;
  /** Whose token is sent; null: none. */
  readonly as?: TokenName | null;
  readonly headers?: Record<string, string>;
  /** An object is sent as JSON, text and bytes as they are. */
  readonly body?: object | string | Buffer;
}

export interface RestReply extends Reply {
  /** The body, where its content type is JSON. */
  readonly json: unknown;
}

/** Asks a server by REST. Requests are sent byte for byte, so that they can be as wrong as a test needs them. */
export class RestClient {
  /** The server's address, without a path. */
  readonly base: string;

  constructor(base: string) {
    this.base = base;
  }

  /** Asks for a path below `/api/v2`, as the fixture's `editor2` where nobody else is named. */
  async ask(path: string, { method, as = 'editor2', headers = {}, body }: RestRequest = {}): Promise<RestReply> {
    const isJson = typeof body === 'object' && !Buffer.isBuffer(body);
    const bytes = body === undefined ? undefined : Buffer.isBuffer(body) ? body : Buffer.from(textOf(body));
    const sent = {
      ...(as !== null && { Authorization: `Token ${tokenKey(as)}` }),
      ...(isJson && { 'Content-Type': 'application/json' }),
      ...(bytes && !('Transfer-Encoding' in headers) && { 'Content-Length': String(bytes.length) }),
      ...headers,
    };
    const reply = await send(this.base, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      path: `/api/v2${path}`,
      headers: Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, headerBytes(value)])),
      body: bytes,
    });
    const text = reply.body.toString('utf8');
    const json = reply.headers.get('content-type') === 'application/json' && text ? JSON.parse(text) : undefined;
    return { ...reply, json };
  }
}

function textOf(body: object | string): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
