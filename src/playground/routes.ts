import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Response } from 'express';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { browserPackage } from '../browser-package.ts';
import { newNonce, pagePolicy } from '../http/page-policy.ts';
import { IMMUTABLE, staticFiles } from '../http/static-files.ts';
import { PACKAGE_ROOT } from '../package-root.ts';

/** The page's own files. */
const ASSETS = join(import.meta.dirname, 'assets');
/** The editor's package. */
const RURU = browserPackage('ruru');
const SCHEMA = join(PACKAGE_ROOT, 'schema/generated/schema.graphql');

const PAGE_FILES = ['playground.js', 'token-bar.js', 'token.js', 'playground.css', 'icon.svg'];

/**
 * The playground at /graphiql: ruru's editor with the schema's documentation, example operations, tabs and history, under
 * a bar with the token. Every file comes from this server.
 */
export function playgroundRoutes(): express.Router {
  const router = express.Router();
  const introspection = JSON.stringify(readIntrospection());
  // The path changes with the files' content, so that browsers keep the editor's megabytes until there are new ones.
  const assets = `/graphiql/${fingerprint(introspection)}/`;
  const config = scriptSafe(JSON.stringify({ assets, examples: readExamples() }));

  router.get('/graphiql', (_request, response) => sendPage(response, assets, config));
  router.get(`${assets}introspection.json`, (_request, response) => {
    response.setHeader('cache-control', IMMUTABLE);
    response.type('json').send(introspection);
  });
  router.use(assets, staticFiles(ASSETS, PAGE_FILES), staticFiles(join(RURU, 'static')));
  return router;
}

/** Another text whenever a file that the page asks for has another content. */
function fingerprint(introspection: string): string {
  const hash = createHash('sha256')
    .update(introspection)
    .update(readFileSync(join(RURU, 'package.json')));
  for (const name of PAGE_FILES) hash.update(readFileSync(join(ASSETS, name)));
  return hash.digest('hex').slice(0, 16);
}

/** The example operations. A line of `# ---` stands between two of them. */
function readExamples(): string[] {
  return readFileSync(join(ASSETS, 'examples.graphql'), 'utf8').split('# ---\n');
}

function readIntrospection() {
  const sdl = readFileSync(SCHEMA, 'utf8');
  return introspectionFromSchema(buildSchema(sdl), { inputValueDeprecation: true, oneOf: true });
}

/** The same JSON without `<`, so that it cannot close the script element that it is put into. */
function scriptSafe(json: string): string {
  return json.replaceAll('<', '\\u003c');
}

function sendPage(response: Response, assets: string, config: string): void {
  const nonce = newNonce();
  response.setHeader(
    'content-security-policy',
    pagePolicy({
      'script-src': `'self' 'nonce-${nonce}'`,
      // The editor creates style elements while it runs, and cannot give them a nonce.
      'style-src': "'self' 'unsafe-inline'",
      'img-src': "'self' data:",
      'font-src': "'self' data:",
      'connect-src': "'self'",
      'worker-src': "'self'",
    }),
  );
  response.setHeader('cache-control', 'no-store');
  response.type('html').end(`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <title>Playground · Campaigns</title>
    <link rel="icon" type="image/svg+xml" href="${assets}icon.svg">
    <link rel="stylesheet" href="${assets}ruru.css">
    <link rel="stylesheet" href="${assets}playground.css">
    <link rel="modulepreload" href="${assets}ruru.js">
    <script type="application/json" id="config" nonce="${nonce}">${config}</script>
    <script type="module" src="${assets}playground.js" nonce="${nonce}"></script>
  </head>
  <body>
    <header class="bar">
      <h1>Playground</h1>
      <form>
        <label for="token">Token</label>
        <input id="token" type="password" autocomplete="off" spellcheck="false">
        <button>Use</button>
      </form>
      <p id="token-state" role="status"></p>
      <nav><a href="/">Console</a></nav>
    </header>
    <div id="playground"><p class="loading">Loading the editor…</p></div>
  </body>
</html>
`);
}
