import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type Response } from 'express';
import { buildSchema, introspectionFromSchema } from 'graphql';

const folder = new URL('playground/', import.meta.url);
const ruru = new URL('../', import.meta.resolve('ruru/server'));
const YEAR = '365d';

/**
 * The playground at /graphiql: ruru's editor with the schema's documentation, example operations, tabs and history, under
 * a bar with the token. Every file comes from this server.
 */
export function playgroundRoutes(): express.Router {
  const router = express.Router();
  // The version in the path lets browsers keep the editor's megabytes until there is another version.
  const staticPath = `/graphiql/static/${readVersion()}/`;
  const config = scriptSafe(JSON.stringify({ staticPath, examples: readExamples() }));
  const introspection = JSON.stringify(readIntrospection());

  router.use(staticPath, express.static(fileURLToPath(new URL('static/', ruru)), { maxAge: YEAR, immutable: true }));
  router.get('/graphiql', (_request, response) => sendPage(response, staticPath, config));
  router.get('/graphiql/introspection.json', (_request, response) => {
    response.setHeader('cache-control', 'no-cache');
    response.type('json').send(introspection);
  });
  for (const [name, type] of Object.entries(OWN_FILES)) {
    const content = readFileSync(new URL(name, folder), 'utf8');
    router.get(`/graphiql/${name}`, (_request, response) => {
      response.setHeader('cache-control', 'no-cache');
      response.type(type).send(content);
    });
  }
  return router;
}

const OWN_FILES = { 'playground.js': 'js', 'token-bar.js': 'js', 'token.js': 'js', 'playground.css': 'css' };

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('package.json', ruru), 'utf8')) as { version: string };
  return version;
}

function readExamples(): string[] {
  return readFileSync(new URL('examples.graphql', folder), 'utf8').split('# ---\n');
}

function readIntrospection() {
  const sdl = readFileSync(new URL('../../schema/generated/schema.graphql', import.meta.url), 'utf8');
  return introspectionFromSchema(buildSchema(sdl), { inputValueDeprecation: true, oneOf: true });
}

/** JSON that cannot end the script element it stands in. */
function scriptSafe(json: string): string {
  return json.replaceAll('<', '\\u003c');
}

function sendPage(response: Response, staticPath: string, config: string): void {
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
    <link rel="stylesheet" href="${staticPath}ruru.css">
    <link rel="stylesheet" href="/graphiql/playground.css">
    <link rel="modulepreload" href="${staticPath}ruru.js">
    <script type="application/json" id="config" nonce="${nonce}">${config}</script>
    <script type="module" src="/graphiql/playground.js" nonce="${nonce}"></script>
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
