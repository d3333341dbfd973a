import { statSync } from 'node:fs';
import type { RequestHandler } from 'express';

/**
 * Serves the routes of a built folder. A new build replaces the folder with one whose pages name other files, so the routes are then made
 * anew. Without this, the pages of a running server would name files that are gone.
 */
export function builtRoutes(folder: string, makeRoutes: (folder: string) => RequestHandler): RequestHandler {
  let build = buildIn(folder);
  let routes = makeRoutes(folder);
  return (request, response, next) => {
    const latest = buildIn(folder);
    if (latest !== build) {
      build = latest;
      routes = makeRoutes(folder);
    }
    routes(request, response, next);
  };
}

/**
 * Another text for each build: the folder's inode number, and when files were last added to it. Two builds that follow each other soon, or
 * come out of archives, can have the same time; a folder that was removed before can have had the same number. Undefined without a folder.
 */
function buildIn(folder: string): string | undefined {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat && `${stat.ino} ${stat.mtimeMs}`;
}
