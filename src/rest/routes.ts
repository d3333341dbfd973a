import type { NextFunction, Request, Response } from 'express';
import { Router } from 'express';
import { storageProblem } from '../graphql/execution/unavailable.ts';
import type { AuthorizationParts } from './authorize.ts';
import { authorize, methodNotAllowed } from './authorize.ts';
import { campaigns } from './campaigns.ts';
import { docsRoutes, sendEndpointPage, sendOverviewPage } from './docs/routes.ts';
import type { Endpoint } from './endpoint.ts';
import { groups } from './groups.ts';
import type { CreateContext } from '../graphql/context.ts';
import { requestSignal } from '../http/request-signal.ts';
import { HttpError, sendHttpError, serviceUnavailable } from './http-error.ts';
import { withIdempotencyKey } from './idempotency.ts';
import { sendJson, sendJsonBytes } from './json-response.ts';
import { noteRefusal } from './observe.ts';
import { origin } from './page.ts';
import type { Run } from './prepare.ts';
import { QueryParameters } from './query-parameters.ts';

export interface RestParts extends AuthorizationParts {
  readonly run: Run;
  readonly createContext: CreateContext;
  /** How long, in ms, an operation may take. */
  readonly requestTimeout: number;
}

/** The endpoints by name. The endpoint NAME has the address `/api/v2/NAME.json`. */
export const ENDPOINTS: Record<string, Endpoint> = { campaigns, groups };

/** The routes below `/api/v2`. Errors that are not an HttpError go on to the server's own error handler. */
export function restRoutes(parts: RestParts): Router {
  // Existing servers distinguish addresses by case and by a slash at their end.
  const router = Router({ caseSensitive: true, strict: true });
  for (const [name, endpoint] of Object.entries(ENDPOINTS)) {
    const answerRequest = (request: Request, response: Response, next: NextFunction) =>
      answer(parts, endpoint, request, response).catch(next);
    router.all([`/${name}.json`, `/${name}.json/`], answerRequest);
    router.all(`/${name}`, (request, response, next) => documentation(parts, name, request, response).catch(next));
  }
  router.all(['/', '/.json'], root);
  router.use(docsRoutes());
  router.use(() => {
    throw new HttpError(404, 'Not found.');
  });
  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    const { observed } = response.locals;
    // Finding the caller reads the database, too.
    const storage = error instanceof Error ? storageProblem(error) : null;
    if (storage) {
      observed.codes.push(storage.code);
      sendHttpError(response, serviceUnavailable(storage.message));
    } else if (error instanceof HttpError) {
      noteRefusal(observed, error.status);
      sendHttpError(response, error);
    } else next(error);
  });
  return router;
}

async function answer(parts: RestParts, endpoint: Endpoint, request: Request, response: Response): Promise<void> {
  const methods = Object.keys(endpoint);
  const caller = await authorize(parts, request, response, endpoint.GET ? [...methods, 'HEAD'] : methods);
  const handler = endpoint[(request.method === 'HEAD' ? 'GET' : request.method) as keyof Endpoint];
  if (!handler) throw methodNotAllowed(request.method, methods);
  const callerOf = withIdempotencyKey(request, caller);
  const { status, body } = await handler({
    http: request,
    parameters: new QueryParameters(request),
    run(document, variables, rows) {
      const signal = requestSignal(response, parts.requestTimeout);
      return parts.run(document, variables, parts.createContext(callerOf(document, variables), signal), rows);
    },
  });
  if (body === undefined) response.status(status).end();
  else if (Buffer.isBuffer(body)) sendJsonBytes(response, status, body);
  else sendJson(response, status, body);
}

/** Answers an endpoint's address without `.json` with its documentation, which has nothing of anyone's data. */
async function documentation(parts: RestParts, name: string, request: Request, response: Response): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    await authorize(parts, request, response, [request.method]);
    throw new HttpError(403, 'You do not have permission to perform this action.');
  }
  if (formOf(request, response) === 'json') sendJson(response, 200, []);
  else sendEndpointPage(request, response, name);
}

/** Answers `/api/v2/` with the list of endpoints. It needs no token. */
function root(request: Request, response: Response): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed(request.method, ['GET', 'HEAD']);
  const names = Object.keys(ENDPOINTS);
  if (request.path !== '/.json' && formOf(request, response) === 'html') {
    sendOverviewPage(request, response, names);
    return;
  }
  sendJson(response, 200, Object.fromEntries(names.map((name) => [name, `${origin(request)}/api/v2/${name}`])));
}

/** Whether to answer with a page or with JSON: as the parameter `format` says, or else as the Accept header does. */
function formOf(request: Request, response: Response): 'html' | 'json' {
  response.vary('accept');
  switch (new QueryParameters(request).last('format')) {
    case undefined:
      return request.accepts(['html', 'json']) === 'json' ? 'json' : 'html';
    case 'json':
      return 'json';
    case 'html':
    case 'api':
      return 'html';
    default:
      throw new HttpError(404, 'Not found.');
  }
}
