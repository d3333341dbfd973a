import type { NextFunction, Request, Response } from 'express';
import { Router } from 'express';
import { BodyAborted } from '../graphql/body.ts';
import type { ReportFault } from '../graphql/execution/run-operation.ts';
import { FAULT } from '../graphql/execution/run-operation.ts';
import { campaigns } from './campaigns.ts';
import { descriptionRoutes, sendEndpointPage, sendOverviewPage } from './docs/routes.ts';
import type { Endpoint } from './endpoint.ts';
import type { GateParts } from './gate.ts';
import { methodNotAllowed, pass } from './gate.ts';
import { groups } from './groups.ts';
import { origin } from './page.ts';
import { Parameters } from './parameters.ts';
import type { Run } from './prepare.ts';
import { RestRefusal, sendJson, sendRefusal } from './refusal.ts';

export interface RestParts extends GateParts {
  readonly run: Run;
  readonly report: ReportFault;
}

/** The endpoints, by the name that stands in their address. */
export const ENDPOINTS: Record<string, Endpoint> = { campaigns, groups };

/** `/api/v2/`. */
export function restRoutes(parts: RestParts): Router {
  // Existing servers tell addresses apart by case and by the slash at their end.
  const router = Router({ caseSensitive: true, strict: true });
  for (const [name, endpoint] of Object.entries(ENDPOINTS)) {
    const answerRequest = (request: Request, response: Response, next: NextFunction) =>
      answer(parts, endpoint, request, response).catch(next);
    router.all([`/${name}.json`, `/${name}.json/`], answerRequest);
    router.all(`/${name}`, (request, response, next) => documentation(parts, name, request, response).catch(next));
  }
  router.all(['/', '/.json'], root);
  router.use(descriptionRoutes());
  router.use(() => {
    throw new RestRefusal(404, 'Not found.');
  });
  router.use((error: Error, _request: Request, response: Response, _next: NextFunction) => {
    if (error instanceof RestRefusal) return sendRefusal(response, error);
    if (error instanceof BodyAborted) return undefined;
    const { requestId } = response.locals;
    parts.report(error, requestId);
    return sendJson(response, 500, { detail: FAULT, request_id: requestId });
  });
  return router;
}

async function answer(parts: RestParts, endpoint: Endpoint, request: Request, response: Response): Promise<void> {
  const methods = Object.keys(endpoint);
  const context = await pass(parts, request, response, endpoint.GET ? [...methods, 'HEAD'] : methods);
  const method = endpoint[(request.method === 'HEAD' ? 'GET' : request.method) as keyof Endpoint];
  if (!method) throw methodNotAllowed(request.method, methods);
  const { status, body } = await method({ request, parameters: new Parameters(request), context, run: parts.run });
  if (body === undefined) response.status(status).end();
  else sendJson(response, status, body);
}

/** An endpoint's address without `.json`: for people, and with nothing of the data. */
async function documentation(parts: RestParts, name: string, request: Request, response: Response): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    await pass(parts, request, response, [request.method]);
    throw new RestRefusal(403, 'You do not have permission to perform this action.');
  }
  if (formOf(request, response) === 'json') sendJson(response, 200, []);
  else sendEndpointPage(request, response, name);
}

/** Names the endpoints, to anyone. */
function root(request: Request, response: Response): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed(request.method, ['GET', 'HEAD']);
  const names = Object.keys(ENDPOINTS);
  if (request.path !== '/.json' && formOf(request, response) === 'html') {
    sendOverviewPage(request, response, names);
    return;
  }
  sendJson(response, 200, Object.fromEntries(names.map((name) => [name, `${origin(request)}/api/v2/${name}`])));
}

/** What to show of an address that has a page: what `format` says, and otherwise what is accepted. */
function formOf(request: Request, response: Response): 'html' | 'json' {
  response.vary('accept');
  switch (new Parameters(request).last('format')) {
    case undefined:
      return request.accepts(['html', 'json']) === 'json' ? 'json' : 'html';
    case 'json':
      return 'json';
    case 'html':
    case 'api':
      return 'html';
    default:
      throw new RestRefusal(404, 'Not found.');
  }
}
