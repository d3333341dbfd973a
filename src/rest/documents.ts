import type { Request, Response } from 'express';
import type { Identity } from '../access/identity.ts';
import { firstAccepted } from './accept.ts';
import type { AuthorizationParts } from './authorize.ts';
import { forbidden, identify, methodNotAllowed, notAcceptable } from './authorize.ts';
import { sendEndpointPage, sendOverviewPage } from './docs/routes.ts';
import { HttpError } from './http-error.ts';
import { sendJson } from './json-response.ts';
import { noteRefusal } from './observe.ts';
import { origin } from './page.ts';
import { QueryParameters } from './query-parameters.ts';

type Parts = Pick<AuthorizationParts, 'authenticate'>;

/** What has a page and a JSON form, and shows nothing of anyone's data. */
interface Document {
  readonly json: () => unknown;
  /** Sends the page with this status. The problem, which the page shows, is why the request was refused. */
  readonly sendPage: (status: number, problem?: string) => void;
  /** The answer to methods other than GET and HEAD. */
  readonly refuse: (viewer: Identity | null) => HttpError;
}

/** Answers an endpoint's address without `.json`, or with `.api`, with its documentation. Only reading is allowed there. */
export async function answerEndpointDocument(
  parts: Parts,
  name: string,
  request: Request,
  response: Response,
): Promise<void> {
  await answerDocument(parts, request, response, {
    json: () => [],
    sendPage: (status, problem) => sendEndpointPage(request, response, name, status, problem),
    refuse: forbidden,
  });
}

/** Answers `/api/v2/` with the list of endpoints. `added` are those that programs do not expect: only the page has them. */
export async function answerRoot(
  parts: Parts,
  endpoints: readonly string[],
  added: readonly string[],
  request: Request,
  response: Response,
): Promise<void> {
  await answerDocument(parts, request, response, {
    json: () => Object.fromEntries(endpoints.map((name) => [name, `${origin(request)}/api/v2/${name}`])),
    sendPage: (status, problem) => sendOverviewPage(request, response, [...endpoints, ...added], status, problem),
    refuse: () => methodNotAllowed(request.method),
  });
}

/**
 * Answers with a document, in the form that the client wants. It needs no token; a wrong one is refused all the same, as
 * on existing servers, so that a client can try its token here. Who wants a page gets the page also when the request is refused.
 */
async function answerDocument(parts: Parts, request: Request, response: Response, document: Document): Promise<void> {
  const form = formOf(request);
  try {
    const viewer = await identify(parts, request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') throw document.refuse(viewer);
    if (form === 'json') sendJson(response, 200, document.json());
    else document.sendPage(200);
  } catch (error) {
    if (form === 'json' || !(error instanceof HttpError)) throw error;
    noteRefusal(response.locals.observed, error.status);
    response.set(error.headers);
    document.sendPage(error.status, String(error.body.detail));
  }
}

/** The media types of the formats. Where a client takes both equally it gets the first one. */
const FORMATS = { api: 'text/html', json: 'application/json' } as const;

/**
 * Whether to answer with a page or with JSON. An address with `.json` or `.api` has one format, and so has one with the parameter
 * `format`, by which a browser can show JSON as well. The Accept header must allow it, and decides elsewhere. Throws the HttpError
 * of an unknown format, or of an Accept header that allows no form of the address.
 */
function formOf(request: Request): 'html' | 'json' {
  const [, suffix] = /[.](json|api)[/]?$/.exec(request.path) ?? [];
  const format = suffix ?? new QueryParameters(request).last('format');
  if (format !== undefined && !Object.hasOwn(FORMATS, format)) throw new HttpError(404, 'Not found.');
  const types = format === undefined ? Object.values(FORMATS) : [FORMATS[format as keyof typeof FORMATS]];
  const type = firstAccepted(request.headers.accept, types);
  if (type === undefined) throw notAcceptable();
  return type === FORMATS.json ? 'json' : 'html';
}
