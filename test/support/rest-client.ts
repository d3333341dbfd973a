import type { Reply } from '../contract/wire.ts';
import { headerBytes, send } from '../contract/wire.ts';
import type { TokenName } from './fixture.ts';
import { tokenKey } from './fixture.ts';

export interface RestRequest {
  /** Default: POST with a body, GET without one. */
  readonly method?: string;
  /** The fixture's token to send; null for none. Default: `editor2`. */
  readonly as?: TokenName | null;
  readonly headers?: Record<string, string>;
  /** An object is sent as JSON. Text and bytes are sent as they are. */
  readonly body?: object | string | Buffer;
}

export interface RestReply extends Reply {
  /** The parsed body; undefined when its content type is not JSON. */
  readonly json: unknown;
}

/** A client of the REST API. It sends requests byte for byte, so that a test can send malformed ones. */
export class RestClient {
  /** The server's address, without a path. */
  readonly base: string;

  constructor(base: string) {
    this.base = base;
  }

  /** Sends a request to a path below `/api/v2`. */
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
