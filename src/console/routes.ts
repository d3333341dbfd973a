import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Response } from 'express';
import { newNonce, pagePolicy } from '../http/page-policy.ts';
import { staticFiles } from '../http/static-files.ts';
import { CSP_NONCE_PLACEHOLDER } from './csp-nonce.ts';

/** Addresses of the server's other parts. The console shows no page there, because each part answers for itself. */
const NOT_THE_CONSOLE = /^\/(api|graphql|graphiql|healthz|readyz|metrics|schema\.graphql|assets)(\/|$)/;
const PAGES = [
  '/',
  '/campaigns',
  '/campaigns/:uuid',
  '/groups',
  '/groups/:uuid',
  '/activity',
  '/spreadsheet',
  '/webhooks',
];

/** Serves the console that was built into the folder. Where it was not built, its pages say how to build it (503). */
export function consoleRoutes(folder: string): express.Router {
  const router = express.Router();
  const page = readPage(folder);
  if (page === undefined) {
    router.get(PAGES, (_request, response) => sendNotBuilt(response));
    return router;
  }

  router.use('/assets', staticFiles(join(folder, 'assets')));
  router.get(PAGES, (_request, response) => sendPage(response, page));
  // A browser at an unknown address gets the console's "not found" page. Other programs get the server's JSON.
  router.get('/*path', (request, response, next) => {
    if (NOT_THE_CONSOLE.test(request.path) || request.accepts(['json', 'html']) !== 'html') return next();
    sendPage(response.status(404), page);
  });
  return router;
}

function readPage(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, 'index.html'), 'utf8');
  } catch {
    return undefined;
  }
}

function sendPage(response: Response, page: string): void {
  const nonce = newNonce();
  response.setHeader(
    'content-security-policy',
    pagePolicy({
      'script-src': `'self' 'nonce-${nonce}'`,
      'style-src': `'self' 'nonce-${nonce}'`,
      'img-src': "'self'",
      'connect-src': "'self'",
    }),
  );
  // The page names the files of one build. A kept page would ask for files that are gone after an update.
  response.setHeader('cache-control', 'no-store');
  response.type('html').end(page.replaceAll(CSP_NONCE_PLACEHOLDER, nonce));
}

function sendNotBuilt(response: Response): void {
  response.setHeader('cache-control', 'no-store');
  response
    .status(503)
    .type('html')
    .send(
      '<!doctype html><html lang="en"><meta charset="utf-8"><title>Console not built</title>' +
        '<h1>The console is not built</h1><p>Run <code>npm ci &amp;&amp; npm run build:console</code> ' +
        'where the server was installed, and start it again. ' +
        'Everything else works: <a href="/graphiql">the playground</a>, <a href="/api/v2/">REST</a>.</p></html>',
    );
}
