import type { RequestHandler } from 'express';
import expressStaticGzip from 'express-static-gzip';
import { isRead } from './safe-methods.ts';

/** One year. */
const MAX_AGE_SECONDS = 31_536_000;

/**
 * The Cache-Control of an address whose content never changes: new content gets a new address. Browsers keep it and do
 * not ask again.
 */
const IMMUTABLE = `public, max-age=${MAX_AGE_SECONDS}, immutable`;

/**
 * Serves the files of a folder to GET and HEAD, under addresses that change whenever a file's content does. A file that
 * has a compressed copy beside it (`NAME.br`, `NAME.gz`) is sent compressed to clients that accept that. Other requests
 * go on to the next handler.
 * @param names The files to serve; all files of the folder when it is left out.
 */
export function staticFiles(folder: string, names?: readonly string[]): RequestHandler {
  const served = names && new Set(names.map((name) => `/${name}`));
  const serve = expressStaticGzip(folder, {
    enableBrotli: true,
    orderPreference: ['br', 'gzip'],
    index: false,
    serveStatic: {
      cacheControl: false,
      redirect: false,
      // Caches may keep only a file that is found. The headers of every other answer say no-store.
      setHeaders: (response) => response.setHeader('cache-control', IMMUTABLE),
    },
  });
  return (request, response, next) => {
    if (!isRead(request) || served?.has(request.path) === false) return next();
    try {
      // The library would answer a path that cannot be decoded itself, and not in JSON. The server's error handler answers the
      // URIError.
      decodeURIComponent(request.path);
    } catch (error) {
      return next(error);
    }
    serve(request, response, (error: unknown) => {
      // When a compressed copy has been removed since the server started, the library has set its encoding already.
      response.removeHeader('content-encoding');
      next(error);
    });
  };
}
