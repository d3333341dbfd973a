import { statSync } from 'node:fs';
import type { RequestHandler } from 'express';

/**
 * Serves the routes of a built folder. A new build replaces the folder with one whose pages name other files, so the routes are then made
 * anew. Without this, the pages of a running server would name files that are gone.
 */
export function builtRoutes(folder: string, makeRoutes: (folder: string) => RequestHandler): RequestHandler {
  let built = builtAt(folder);
  let routes = makeRoutes(folder);
  return (request, response, next) => {
    const latest = builtAt(folder);
    if (latest !== built) {
      built = latest;
      routes = makeRoutes(folder);
    }
    routes(request, response, next);
  };
}

/** When files were last added to the folder, in ms since 1970. Undefined if there is no folder. */
function builtAt(folder: string): number | undefined {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
}
