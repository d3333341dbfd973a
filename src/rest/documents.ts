import type { Request, Response } from 'express';
import type { Identity } from '../access/identity.ts';
import { isRead } from '../http/safe-methods.ts';
import { firstAccepted } from './accept.ts';
import type { AuthorizationParts } from './authorize.ts';
import { forbidden, identify, methodNotAllowed, notAcceptable } from './authorize.ts';
import { sendEndpointPage, sendOverviewPage } from './docs/routes.ts';
import { ENDPOINTS } from './endpoints.ts';
import { HttpError } from './http-error.ts';
import { sendJson } from './json-response.ts';
import { noteErrorStatus } from './observe.ts';
import { origin } from './page.ts';
import { QueryParameters } from './query-parameters.ts';

type Parts = Pick<AuthorizationParts, 'authenticate'>;

/** A document that can be sent as a page or as JSON. It has no data of a workspace. */
interface Document {
  readonly json: () => unknown;
  /** Sends the page with this status. `problem` says why the request was refused; the page shows it. */
  readonly sendPage: (status: number, problem?: string) => void;
  /** The error for methods other than GET and HEAD. */
  readonly refuse: (viewer: Identity | null) => HttpError;
}

/** Sends the documentation of an endpoint, at its address without `.json` or with `.api`. Only GET and HEAD are allowed there. */
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

/** Sends the list of endpoints at `/api/v2/`. */
export async function answerRoot(parts: Parts, request: Request, response: Response): Promise<void> {
  await answerDocument(parts, request, response, {
    json: () => endpointLinks(request),
    sendPage: (status, problem) => sendOverviewPage(request, response, status, problem),
    refuse: () => methodNotAllowed(request.method),
  });
}

/**
 * The addresses of the endpoints by name. They keep the parameter `format`, so that whoever follows them gets the same format there
 * (Django REST framework, `preserve_builtin_query_params`). An unknown format is left out, because these addresses would refuse it.
 */
function endpointLinks(request: Request): Record<string, string> {
  const format = new QueryParameters(request).last('format');
  const query = format !== undefined && Object.hasOwn(FORMATS, format) ? `?format=${format}` : '';
  return Object.fromEntries(Object.keys(ENDPOINTS).map((name) => [name, `${origin(request)}/api/v2/${name}${query}`]));
}

/**
 * Sends a document in the format that the client wants. No token is needed, but a wrong token is refused, as on existing servers, so that
 * clients can check their token here. A client that wants a page gets the page also when its request is refused.
 */
async function answerDocument(parts: Parts, request: Request, response: Response, document: Document): Promise<void> {
  const form = formOf(request);
  if (!form) throw await notAcceptable(parts, request, response);
  try {
    const viewer = await identify(parts, request, response);
    if (!isRead(request)) throw document.refuse(viewer);
    if (form === 'json') sendJson(response, 200, document.json());
    else document.sendPage(200);
  } catch (error) {
    if (form === 'json' || !(error instanceof HttpError)) throw error;
    noteErrorStatus(response.locals.observed, error.status);
    response.set(error.headers);
    document.sendPage(error.status, String(error.body.detail));
  }
}

/** The media types of the formats. A client that accepts both equally gets the first one. */
const FORMATS = { api: 'text/html', json: 'application/json' } as const;

/**
 * Whether to answer with a page or with JSON. `.json` and `.api` in the address decide it, and so does the parameter `format`, with which
 * a browser can show JSON. The Accept header must allow that format. When none of them is there, the Accept header decides. null: it
 * allows no format of the address. Throws an HttpError when the format is unknown.
 */
function formOf(request: Request): 'html' | 'json' | null {
  const [, suffix] = /[.](json|api)[/]?$/.exec(request.path) ?? [];
  const format = suffix ?? new QueryParameters(request).last('format');
  if (format !== undefined && !Object.hasOwn(FORMATS, format)) throw new HttpError(404, 'Not found.');
  const types = format === undefined ? Object.values(FORMATS) : [FORMATS[format as keyof typeof FORMATS]];
  const type = firstAccepted(request.headers.accept, types);
  if (type === undefined) return null;
  return type === FORMATS.json ? 'json' : 'html';
}
