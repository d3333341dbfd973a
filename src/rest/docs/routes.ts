import type { Request, Response } from 'express';
import { Router } from 'express';
import { pagePolicy } from '../../http/page-policy.ts';
import { sendJsonText } from '../json-response.ts';
import { origin } from '../page.ts';
import { assetFiles } from './assets.ts';
import { describe, descriptionJson } from './description.ts';
import { endpointPage } from './endpoint-page.ts';
import { explorerPage } from './explorer-page.ts';
import { overviewPage } from './overview-page.ts';

/** The policy of a page of text: it may load files of this server, and send no requests. */
const TEXT_POLICY = pagePolicy({ 'script-src': "'self'", 'style-src': "'self'", 'img-src': "'self'" });

/** The explorer may also send requests to this server. */
const EXPLORER_POLICY = pagePolicy({
  'script-src': "'self'",
  'connect-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
});

/** The routes of `openapi.json`, of the explorer, and of the files that the pages load. */
export function docsRoutes(): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/openapi.json', (request, response) => {
    sendJsonText(response, 200, descriptionJson(origin(request)));
  });
  router.get('/explorer', (_request, response) => response.redirect(301, '/api/v2/explorer/'));
  router.get('/explorer/', (request, response) =>
    sendPage(response, explorerPage(describe(origin(request))), EXPLORER_POLICY),
  );
  router.use(...assetFiles());
  return router;
}

/**
 * Sends the page of an endpoint.
 * @param problem Why the request was refused. The page shows it.
 */
export function sendEndpointPage(
  request: Request,
  response: Response,
  name: string,
  status: number,
  problem?: string,
): void {
  const page = endpointPage(describe(origin(request)), name, problem);
  sendPage(response.status(status), page, TEXT_POLICY);
}

/**
 * Sends the page of `/api/v2/`.
 * @param problem Why the request was refused. The page shows it.
 */
export function sendOverviewPage(request: Request, response: Response, status: number, problem?: string): void {
  const page = overviewPage(describe(origin(request)), problem);
  sendPage(response.status(status), page, TEXT_POLICY);
}

function sendPage(response: Response, page: string, policy: string): void {
  response.set({ 'content-security-policy': policy, 'cache-control': 'no-cache' }).type('html').send(page);
}
