import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Router } from 'express';
import { outageOf } from '../graphql/execution/unavailable.ts';
import { authorize, methodNotAllowed } from './authorize.ts';
import type { CsvParts } from './campaigns-csv.ts';
import type { ChangesParts } from './changes.ts';
import { answerChanges } from './changes.ts';
import { exportCampaigns } from './csv-export.ts';
import { importCampaigns } from './csv-import.ts';
import { docsRoutes } from './docs/routes.ts';
import { answerEndpointDocument, answerRoot } from './documents.ts';
import type { Endpoint } from './endpoint.ts';
import { ADDED_ENDPOINTS, ENDPOINTS, METHODS_BY_ENDPOINT } from './endpoints.ts';
import { tagAnswer } from '../http/entity-tag.ts';
import { requestSignal } from '../http/request-signal.ts';
import { HttpError, sendHttpError, serviceUnavailable } from './http-error.ts';
import { withIdempotencyKey } from './idempotency.ts';
import { sendJson, sendJsonBytes } from './json-response.ts';
import { noteErrorStatus } from './observe.ts';
import type { PassOn } from './pass-on/routes.ts';
import { passOnRoute } from './pass-on/routes.ts';
import { QueryParameters } from './query-parameters.ts';
import { workspace } from './workspace.ts';

export interface RestParts extends ChangesParts, CsvParts {
  /** Passes requests for endpoints that this server does not have on to live accounts; null when there are no accounts. */
  readonly passOn: PassOn | null;
}

/** The routes below `/api/v2`. Errors other than HttpError are left to the server's error handler. */
export function restRoutes(parts: RestParts): Router {
  // As on existing servers, paths are case-sensitive, and a slash at the end makes a difference.
  const router = Router({ caseSensitive: true, strict: true });
  for (const [name, endpoint] of Object.entries(ENDPOINTS)) {
    router.all([`/${name}.json`, `/${name}.json/`], endpointHandler(parts, endpoint));
  }
  router.all(
    ['/changes.json', '/changes.json/'],
    addressHandler(ADDED_ENDPOINTS.changes, (request, response, methods) =>
      answerChanges(parts, request, response, methods),
    ),
  );
  router.all(
    ['/campaigns.csv', '/campaigns.csv/'],
    addressHandler(['GET', 'POST'], (request, response, methods) => {
      const answerCsv = request.method === 'POST' ? importCampaigns : exportCampaigns;
      return answerCsv(parts, request, response, methods);
    }),
  );
  for (const [name, methods] of Object.entries(METHODS_BY_ENDPOINT)) {
    // Existing servers also have a page at `.api`.
    router.all(
      [`/${name}`, `/${name}.api`, `/${name}.api/`],
      addressHandler(methods, (request, response) => answerEndpointDocument(parts, name, request, response)),
    );
  }
  router.all(
    ['/', '/.json', '/.json/', '/.api', '/.api/'],
    addressHandler(['GET'], (request, response) => answerRoot(parts, request, response)),
  );
  router.use(docsRoutes());
  if (parts.passOn) router.use(passOnRoute({ ...parts, passOn: parts.passOn }));
  // This comes after passing on, because an account has more to say about its own workspace.
  router.all(['/workspace.json', '/workspace.json/', '/org.json', '/org.json/'], endpointHandler(parts, workspace));
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
      noteErrorStatus(observed, error.status);
      sendHttpError(response, error);
    } else next(error);
  });
  return router;
}

/**
 * The handler of an address. It gives `answer` the methods that it names in the header `Allow`, so that a request is checked against the
 * same ones. HEAD is one of them, because each address has GET. As on existing servers, every answer of an address has `Allow`, and `Vary`
 * with Accept; their `Allow` names OPTIONS, although they refuse it (50-methods, "OPTIONS").
 */
function addressHandler(
  methods: readonly string[],
  answer: (request: Request, response: Response, methods: readonly string[]) => Promise<void>,
): RequestHandler {
  const allowed = [...methods, 'HEAD'];
  const allow = [...allowed, 'OPTIONS'].join(', ');
  return (request, response) => {
    response.setHeader('allow', allow);
    response.vary('Accept');
    return answer(request, response, allowed);
  };
}

/** The handler of an endpoint, whose methods are GraphQL operations with answers in JSON. */
function endpointHandler(parts: RestParts, endpoint: Endpoint): RequestHandler {
  return addressHandler(Object.keys(endpoint), async (request, response, methods) => {
    const authorized = await authorize(parts, request, response, methods);
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
    if (tag !== null && tagAnswer(response, tag)) return;
    if (body === undefined) response.status(status).end();
    else if (Buffer.isBuffer(body)) sendJsonBytes(response, status, body);
    else sendJson(response, status, body);
  });
}
