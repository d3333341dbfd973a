import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Router } from 'express';
import { outageOf } from '../graphql/execution/unavailable.ts';
import { authorize, methodNotAllowed } from './authorize.ts';
import { campaigns } from './campaigns.ts';
import type { ChangesParts } from './changes.ts';
import { answerChanges } from './changes.ts';
import { exportCampaigns } from './csv-export.ts';
import { importCampaigns } from './csv-import.ts';
import { docsRoutes } from './docs/routes.ts';
import { answerEndpointDocument, answerRoot } from './documents.ts';
import type { Endpoint } from './endpoint.ts';
import { groups } from './groups.ts';
import { setEntityTag } from '../http/entity-tag.ts';
import { requestSignal } from '../http/request-signal.ts';
import { HttpError, sendHttpError, serviceUnavailable } from './http-error.ts';
import { withIdempotencyKey } from './idempotency.ts';
import { sendJson, sendJsonBytes } from './json-response.ts';
import { noteRefusal } from './observe.ts';
import type { PassOn } from './pass-on/routes.ts';
import { passOnRoute } from './pass-on/routes.ts';
import type { Run } from './prepare.ts';
import { QueryParameters } from './query-parameters.ts';
import { workspace } from './workspace.ts';

export interface RestParts extends ChangesParts {
  readonly run: Run;
  /** Passes requests for endpoints that this server does not have on to live accounts; null when there are no accounts. */
  readonly passOn: PassOn | null;
}

/** The endpoints by name. The endpoint NAME has the address `/api/v2/NAME.json`. */
export const ENDPOINTS: Record<string, Endpoint> = { campaigns, groups };

/**
 * Endpoints that existing servers do not have. Programs do not expect them in the JSON list at `/api/v2/`, so only its page names them.
 */
export const ADDED_ENDPOINTS: Record<string, readonly string[]> = { changes: ['GET'], workspace: ['GET'] };

/** The routes below `/api/v2`. Errors other than HttpError are left to the server's error handler. */
export function restRoutes(parts: RestParts): Router {
  // As on existing servers, paths are case-sensitive, and a slash at the end makes a difference.
  const router = Router({ caseSensitive: true, strict: true });
  for (const [name, methods] of Object.entries(ADDED_ENDPOINTS)) {
    const headers = addressHeaders([...methods, 'HEAD']);
    router.all(documentAddresses(name), headers, (request, response, next) =>
      answerEndpointDocument(parts, name, request, response).catch(next),
    );
  }
  for (const [name, endpoint] of Object.entries(ENDPOINTS)) {
    const headers = addressHeaders([...Object.keys(endpoint), 'HEAD']);
    router.all([`/${name}.json`, `/${name}.json/`], headers, (request, response, next) =>
      answer(parts, endpoint, request, response).catch(next),
    );
    router.all(documentAddresses(name), headers, (request, response, next) =>
      answerEndpointDocument(parts, name, request, response).catch(next),
    );
  }
  router.all(['/changes.json', '/changes.json/'], addressHeaders(['GET', 'HEAD']), (request, response, next) =>
    answerChanges(parts, request, response).catch(next),
  );
  router.all(
    ['/campaigns.csv', '/campaigns.csv/'],
    addressHeaders(['GET', 'POST', 'HEAD']),
    (request, response, next) => {
      const answerCsv = request.method === 'POST' ? importCampaigns : exportCampaigns;
      answerCsv(parts, request, response).catch(next);
    },
  );
  const names = Object.keys(ENDPOINTS);
  router.all(
    ['/', '/.json', '/.json/', '/.api', '/.api/'],
    addressHeaders(['GET', 'HEAD']),
    (request, response, next) => answerRoot(parts, names, Object.keys(ADDED_ENDPOINTS), request, response).catch(next),
  );
  router.use(docsRoutes());
  if (parts.passOn) router.use(passOnRoute({ ...parts, passOn: parts.passOn }));
  // This comes after passing on, because an account has more to say about its own workspace.
  router.all(
    ['/workspace.json', '/workspace.json/', '/org.json', '/org.json/'],
    addressHeaders(['GET', 'HEAD']),
    (request, response, next) => answer(parts, workspace, request, response).catch(next),
  );
  router.use(() => {
    throw new HttpError(404, 'Not found.');
  });
  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    const { observed } = response.locals;
    // Identifying the caller reads the database, and may send a request to an account.
    const outage = error instanceof Error ? outageOf(error) : null;
    if (outage) {
      observed.codes.push(outage.code);
      sendHttpError(response, serviceUnavailable(outage.message));
    } else if (error instanceof HttpError) {
      noteRefusal(observed, error.status);
      sendHttpError(response, error);
    } else next(error);
  });
  return router;
}

/** The addresses of an endpoint's documentation. Existing servers also have a page at `.api`. */
function documentAddresses(name: string): string[] {
  return [`/${name}`, `/${name}.api`, `/${name}.api/`];
}

/**
 * Sets the headers that existing servers set in every answer of an address: `Allow`, and `Vary` with Accept. Their `Allow` names OPTIONS,
 * although they refuse it (50-methods, "OPTIONS").
 */
function addressHeaders(methods: readonly string[]): RequestHandler {
  const allow = [...methods, 'OPTIONS'].join(', ');
  return (_request, response, next) => {
    response.setHeader('allow', allow);
    response.vary('Accept');
    next();
  };
}

async function answer(parts: RestParts, endpoint: Endpoint, request: Request, response: Response): Promise<void> {
  const methods = Object.keys(endpoint);
  const authorized = await authorize(parts, request, response, endpoint.GET ? [...methods, 'HEAD'] : methods);
  if (!authorized) return;
  const { caller, tag } = authorized;
  const handler = endpoint[(request.method === 'HEAD' ? 'GET' : request.method) as keyof Endpoint];
  if (!handler) throw methodNotAllowed(request.method);
  const callerOf = withIdempotencyKey(request, caller);
  const { status, body } = await handler({
    http: request,
    parameters: new QueryParameters(request),
    run(document, variables, rows) {
      const signal = requestSignal(response, parts.requestTimeout);
      return parts.run(document, variables, parts.createContext(callerOf(document, variables), signal), rows);
    },
  });
  if (tag !== null) setEntityTag(response, tag);
  if (body === undefined) response.status(status).end();
  else if (Buffer.isBuffer(body)) sendJsonBytes(response, status, body);
  else sendJson(response, status, body);
}
