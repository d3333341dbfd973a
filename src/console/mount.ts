import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Request, type Response } from 'express';
import { readAssets, type Asset } from './assets.ts';
import { CSP_NONCE_PLACEHOLDER } from './csp-nonce.ts';

/** Addresses of the server's other parts: what is missing there is theirs to tell. */
const NOT_THE_CONSOLE = /^\/(api|graphql|graphiql|healthz|readyz|metrics|schema\.graphql|assets)(\/|$)/;
const PAGES = ['/', '/campaigns', '/campaigns/:uuid', '/groups'];

/** Serves the console that was built into the folder. */
export function consoleRoutes(folder: string): express.Router {
  const router = express.Router();
  const page = readPage(folder);
  if (page === undefined) {
    router.get(PAGES, (_request, response) => sendNotBuilt(response));
    return router;
  }

  const assets = readAssets(join(folder, 'assets'));
  router.get('/assets/:name', (request, response, next) => {
    const asset = assets.get(request.params.name);
    if (!asset) return next();
    const [body, encoding] = chooseVariant(request, asset);
    if (encoding) response.setHeader('content-encoding', encoding);
    response.vary('accept-encoding');
    response.setHeader('content-type', asset.type);
    // The name changes with the content, so nobody ever needs to ask again.
    response.setHeader('cache-control', 'public, max-age=31536000, immutable');
    response.end(body);
  });

  router.get(PAGES, (_request, response) => sendPage(response, page));
  // A mistyped address gets the console's own way of saying so; programs get the server's.
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

function chooseVariant(request: Request, asset: Asset) {
  if (asset.br && request.acceptsEncodings('br')) return [asset.br, 'br'] as const;
  if (asset.gzip && request.acceptsEncodings('gzip')) return [asset.gzip, 'gzip'] as const;
  return [asset.identity, undefined] as const;
}

function sendPage(response: Response, page: string): void {
  const nonce = randomBytes(16).toString('base64');
  response.setHeader('content-security-policy', contentSecurityPolicy(nonce));
  // The page names the files of one version; kept, it would ask for files that are gone after an update.
  response.setHeader('cache-control', 'no-store');
  response.type('html').end(page.replaceAll(CSP_NONCE_PLACEHOLDER, nonce));
}

/** Nothing but the console's own files, no script or style that the page did not bring, no one else's frame. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
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
