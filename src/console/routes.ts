import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Request, type Response } from 'express';
import { sendBuiltPage, sendNotBuilt } from '../http/built-page.ts';
import { pagePolicy } from '../http/page-policy.ts';
import { isRead } from '../http/safe-methods.ts';
import { staticFiles } from '../http/static-files.ts';
import { isConsoleAddress, NOT_BUILT_HEADER } from './addresses.ts';

/** The paths of the console's router, see app/app-shell.tsx. */
const PAGES = [
  '/',
  '/campaigns',
  '/campaigns/:uuid',
  '/groups',
  '/groups/:uuid',
  '/activity',
  '/spreadsheet',
  '/webhooks',
  '/people',
  '/people/tokens',
];

/** Serves the console that was built into the folder. If it has not been built, its pages say how to build it (503). */
export function consoleRoutes(folder: string): express.Router {
  const router = express.Router();
  const pages = readPages(folder);
  if (pages.size === 0) {
    router.get(PAGES, (_request, response) => {
      response.setHeader(NOT_BUILT_HEADER, 'true');
      sendNotBuilt(
        response,
        'Console',
        ' Everything else works: <a href="/graphiql">the playground</a>, <a href="/api/v2/">REST</a>.',
      );
    });
    return router;
  }

  router.use('/assets', staticFiles(join(folder, 'assets')));
  router.get('/service-worker.js', (_request, response) => {
    response.setHeader('content-security-policy', pagePolicy({ 'connect-src': "'self'" }));
    response.setHeader('cache-control', 'no-cache');
    response.sendFile('service-worker.js', { root: folder, cacheControl: false });
  });
  router.get(PAGES, (request, response) => sendPage(request, response, pages));
  // A browser at an unknown address gets the console's "not found" page. Other programs get the server's JSON. A route for GET would
  // also answer OPTIONS, with the methods of an address that does not exist.
  router.all('/*path', (request, response, next) => {
    if (!isRead(request) || !isConsoleAddress(request.path) || request.accepts(['json', 'html']) !== 'html')
      return next();
    sendPage(request, response.status(404), pages);
  });
  return router;
}

/** The page by language. English comes first, because browsers that ask for no language get the first one. */
function readPages(folder: string): ReadonlyMap<string, string> {
  try {
    const languages = readdirSync(join(folder, 'pages')).map((file) => file.replace('.html', ''));
    return new Map(
      languages
        .toSorted((a, b) => Number(b === 'en') - Number(a === 'en'))
        .map((language) => [language, readFileSync(join(folder, `pages/${language}.html`), 'utf8')]),
    );
  } catch {
    return new Map();
  }
}

/** Sends the page in the first of the browser's languages that the console has, or else in English. */
function sendPage(request: Request, response: Response, pages: ReadonlyMap<string, string>): void {
  const page = pages.get(request.acceptsLanguages(...pages.keys()) || 'en') ?? '';
  response.vary('accept-language');
  sendBuiltPage(response, page, { 'img-src': "'self'", 'connect-src': "'self'", 'worker-src': "'self'" });
}
