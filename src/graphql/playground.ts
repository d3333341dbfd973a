import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import express, { type Response } from 'express';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { browserPackage } from '../browser-package.ts';
import { PACKAGE_ROOT } from '../package-root.ts';

const page = new URL('playground/', import.meta.url);
const editor = pathToFileURL(`${browserPackage('ruru')}/`);
const schemaFile = join(PACKAGE_ROOT, 'schema/generated/schema.graphql');

const PAGE_FILES = ['playground.js', 'token-bar.js', 'token.js', 'playground.css'];

/**
 * The playground at /graphiql: ruru's editor with the schema's documentation, example operations, tabs and history, under
 * a bar with the token. Every file comes from this server.
 */
export function playgroundRoutes(): express.Router {
  const router = express.Router();
  const introspection = JSON.stringify(readIntrospection());
  // The path changes with what is served, so that browsers keep the editor's megabytes until there are others.
  const assets = `/graphiql/${fingerprint(introspection)}/`;
  const config = scriptSafe(JSON.stringify({ assets, examples: readExamples() }));
  const forever = { maxAge: '365d', immutable: true, index: false };

  router.get('/graphiql', (_request, response) => sendPage(response, assets, config));
  router.get(`${assets}introspection.json`, (_request, response) => {
    response.setHeader('cache-control', 'public, max-age=31536000, immutable');
    response.type('json').send(introspection);
  });
  router.use(assets, express.static(fileURLToPath(page), forever));
  router.use(assets, express.static(fileURLToPath(new URL('static/', editor)), forever));
  return router;
}

function fingerprint(introspection: string): string {
  const hash = createHash('sha256')
    .update(introspection)
    .update(readFileSync(new URL('package.json', editor)));
  for (const name of PAGE_FILES) hash.update(readFileSync(new URL(name, page)));
  return hash.digest('hex').slice(0, 16);
}

function readExamples(): string[] {
  return readFileSync(new URL('examples.graphql', page), 'utf8').split('# ---\n');
}

function readIntrospection() {
  const sdl = readFileSync(schemaFile, 'utf8');
  return introspectionFromSchema(buildSchema(sdl), { inputValueDeprecation: true, oneOf: true });
}

/** JSON that cannot end the script element it stands in. */
function scriptSafe(json: string): string {
  return json.replaceAll('<', '\\u003c');
}

function sendPage(response: Response, assets: string, config: string): void {
  const nonce = randomBytes(16).toString('base64');
  response.setHeader(
    'content-security-policy',
    [
      "default-src 'none'",
      `script-src 'self' 'nonce-${nonce}'`,
      // The editor makes its style elements as it runs, and gives them no nonce.
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self' data:",
      "connect-src 'self'",
      "worker-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
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
