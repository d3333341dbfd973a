import type { Request, Response } from 'express';
import { Router } from 'express';
import { pagePolicy } from '../../http/page-policy.ts';
import { sendJsonText } from '../json-response.ts';
import { origin } from '../page.ts';
import { assetFiles } from './assets.ts';
import type { Description } from './description.ts';
import { describe, descriptionJson, SOURCE_ORIGIN } from './description.ts';
import { endpointPage } from './endpoint-page.ts';
import { explorerPage } from './explorer-page.ts';
import { withProblem } from './layout.ts';
import { overviewPage } from './overview-page.ts';

/** The pages may load files of this server, and send requests to it: the explorer's, and the one that asks whose a token is. */
const POLICY = pagePolicy({
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
  router.get('/explorer/', (request, response) => sendPage(response, pageFor(request, 'explorer/', explorerPage)));
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
  const page = pageFor(request, name, (description) => endpointPage(description, name));
  sendTextPage(response, page, status, problem);
}

/**
 * Sends the page of `/api/v2/`.
 * @param problem Why the request was refused. The page shows it.
 */
export function sendOverviewPage(request: Request, response: Response, status: number, problem?: string): void {
  sendTextPage(response, pageFor(request, '', overviewPage), status, problem);
}

/** The pages for SOURCE_ORIGIN, by their addresses below `/api/v2/`. Each is rendered once, because that takes milliseconds. */
const rendered = new Map<string, string>();

/** The page for the origin of the request. It is not kept, because callers choose the origin (`Host`). */
function pageFor(request: Request, address: string, render: (description: Description) => string): string {
  let page = rendered.get(address);
  if (page === undefined) rendered.set(address, (page = render(describe(SOURCE_ORIGIN))));
  return page.replaceAll(SOURCE_ORIGIN, plain(origin(request)));
}

/**
 * An origin in which all characters are percent-encoded that could have a meaning where the pages write it: in HTML, in a shell and in other
 * languages. A host may have some of them, such as quotes.
 */
function plain(text: string): string {
  return text.replaceAll(/[^\w.~%:/[\]-]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sendTextPage(response: Response, page: string, status: number, problem: string | undefined): void {
  sendPage(response.status(status), problem === undefined ? page : withProblem(page, problem));
}

function sendPage(response: Response, page: string): void {
  response.set({ 'content-security-policy': POLICY, 'cache-control': 'no-cache' }).type('html').send(page);
}
