import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';
import { sendBuiltPage, sendNotBuilt } from '../http/built-page.ts';
import { staticFiles } from '../http/static-files.ts';

/**
 * Serves the playground, which was built into the folder, at /graphiql: an editor of operations with the schema's documentation.
 * Every file comes from this server. If the playground has not been built, its page says how to build it (503).
 */
export function playgroundRoutes(folder: string): express.Router {
  const router = express.Router();
  const page = readPage(folder);
  if (page === undefined) {
    router.get('/graphiql', (_request, response) => sendNotBuilt(response, 'Playground'));
    return router;
  }
  router.get('/graphiql', (_request, response) => {
    sendBuiltPage(response, page, { 'img-src': "'self' data:", 'connect-src': "'self'" });
  });
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
