import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { createProxyServer } from 'httpxy';
import { isSafe } from '../../http/safe-methods.ts';
import { clientFor, hitClosedConnection } from '../../node-http.ts';
import { HttpError, sendHttpError } from '../http-error.ts';
import { boundedBody, PASSED_BODY_LIMIT, PassedBodyTooLarge } from './bounded-body.ts';
import { headersForAccount, headersForClient } from './headers.ts';
import type { Addresses } from './links.ts';
import { pageLinksHere, pointHere } from './links.ts';

/**
 * How long, in ms, an account may send nothing during a request. This is shorter than the limit for the client's connection
 * (http/timeouts.ts), so that the client is told why there is no answer.
 */
const ACCOUNT_SILENCE = 30_000;

/** The account has sent nothing for ACCOUNT_SILENCE. */
class AccountSilent extends Error {}

/** Passes requests on to accounts, and reuses the connections to them. */
export interface Proxy {
  /**
   * Streams the request to the account, and the account's answer to the client. Rejects with an HttpError when there is no answer. When
   * the answer ends too soon, the client's connection is cut, so that the client does not mistake it for a complete answer.
   */
  pass(request: Request, response: Response, addresses: Addresses): Promise<void>;
  close(): void;
}

/** @param silence See ACCOUNT_SILENCE. */
export function createProxy(silence: number = ACCOUNT_SILENCE): Proxy {
  const agentFor = (url: string) => new (clientFor(url).Agent)({ keepAlive: true });
  const agents = { http: agentFor('http:'), https: agentFor('https:') };
  let isClosed = false;
  return {
    async pass(request, response, addresses) {
      if (Number(request.headers['content-length'] ?? 0) > PASSED_BODY_LIMIT) throw tooLarge();
      // The proxy, the pipeline and other parts of this server add listeners. Without this, Node would warn of a leak.
      response.setMaxListeners(30);
      const body = boundedBody(request);
      request.headers = headersForAccount(request.headers);
      const proxy = createProxyServer({
        target: addresses.account,
        agent: addresses.account.startsWith('https:') ? agents.https : agents.http,
        changeOrigin: true,
        selfHandleResponse: true,
        buffer: body,
      });
      const isRepeatable = isSafe(request) && !hasBody(request);
      let sending: ClientRequest | null = null;
      let isSent = false;
      let refused: Error | null = null;
      proxy.on('proxyReq', (outgoing) => {
        sending = outgoing;
        outgoing.setTimeout(silence, () => outgoing.destroy(new AccountSilent()));
        outgoing.once('finish', () => (isSent = true));
        body.once('error', (error) => {
          refused = error;
          outgoing.destroy(error);
        });
      });
      proxy.on('proxyRes', (answer) => {
        giveBack(answer, request, response, addresses).catch((error: unknown) => {
          // Node does not send every status that it receives.
          answer.resume();
          if (response.headersSent) response.destroy();
          else sendHttpError(response, problemOf(error, request, isSent));
        });
      });
      const send = async (): Promise<void> => {
        try {
          await proxy.web(request, response);
        } catch (error) {
          const isOver = isClosed || response.destroyed || response.headersSent;
          if (!isRepeatable || isOver || !sending || !hitClosedConnection(sending, error)) throw error;
          await send();
        }
      };
      try {
        await send();
      } catch (error) {
        // The client has gone, or has already received a part of the answer.
        if (response.destroyed || response.headersSent) response.destroy();
        else throw problemOf(refused ?? error, request, isSent);
      }
    },
    close() {
      isClosed = true;
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function hasBody({ headers }: Request): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

async function giveBack(
  answer: IncomingMessage,
  request: IncomingMessage,
  response: ServerResponse,
  addresses: Addresses,
): Promise<void> {
  const { statusCode: status = 502, statusMessage } = answer;
  const headers = headersForClient(answer.headers, (name) => name !== 'vary' && response.hasHeader(name));
  if (typeof headers['location'] === 'string') headers['location'] = pointHere(headers['location'], addresses);
  if (headers['vary'] !== undefined)
    headers['vary'] = [response.getHeader('vary') ?? [], headers['vary']].flat().join(', ');
  const isPage =
    request.method === 'GET' && status === 200 && /^application\/json\b/i.test(String(headers['content-type']));
  // Rewritten links can make the body longer or shorter.
  if (isPage) delete headers['content-length'];
  response.writeHead(status, statusMessage, headers);
  // When the account's connection is cut after the answer has begun, the client's connection is cut too.
  if (isPage) await pipeline(answer, pageLinksHere(addresses), response).catch(() => {});
  else await pipeline(answer, response).catch(() => {});
}

/** The error that tells the client why there is no answer. */
function problemOf(error: unknown, request: Request, isSent: boolean): HttpError {
  if (error instanceof PassedBodyTooLarge) return tooLarge();
  const outcome = isSafe(request)
    ? ''
    : isSent
      ? ' It is not known whether it has done what was asked.'
      : ' Nothing was done.';
  if (error instanceof AccountSilent) {
    return new HttpError(504, `The account has not answered in time.${outcome}`);
  }
  return new HttpError(502, `The account cannot be reached, or has broken off its answer.${outcome}`);
}

function tooLarge(): HttpError {
  return new HttpError(413, new PassedBodyTooLarge().message, { connection: 'close' });
}
