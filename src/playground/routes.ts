import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Response } from 'express';
import { CSP_NONCE_PLACEHOLDER } from '../console/csp-nonce.ts';
import { newNonce, pagePolicy } from '../http/page-policy.ts';
import { staticFiles } from '../http/static-files.ts';

/**
 * Serves the playground, which was built into the folder, at /graphiql: an editor of operations with the schema's documentation.
 * Every file comes from this server. If the playground has not been built, its page says how to build it (503).
 */
export function playgroundRoutes(folder: string): express.Router {
  const router = express.Router();
  const page = readPage(folder);
  if (page === undefined) {
    router.get('/graphiql', (_request, response) => sendNotBuilt(response));
    return router;
  }
  router.get('/graphiql', (_request, response) => sendPage(response, page));
  router.use('/graphiql/assets', staticFiles(join(folder, 'assets')));
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
      // The editor creates style elements while it runs, and gives them the nonce.
      'style-src': `'self' 'nonce-${nonce}'`,
      'img-src': "'self' data:",
      'connect-src': "'self'",
    }),
  );
  response.setHeader('cache-control', 'no-store');
  response.type('html').end(page.replaceAll(CSP_NONCE_PLACEHOLDER, nonce));
}

function sendNotBuilt(response: Response): void {
  response.setHeader('cache-control', 'no-store');
  response
    .status(503)
    .type('html')
    .send(
      '<!doctype html><html lang="en"><meta charset="utf-8"><title>Playground not built</title>' +
        '<h1>The playground is not built</h1><p>Run <code>npm ci &amp;&amp; npm run build:console</code> ' +
        'where the server was installed, and start it again.</p></html>',
    );
}
