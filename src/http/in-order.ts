import type { NextFunction, RequestHandler } from 'express';

/**
 * Joins the handlers into one. Each is called when the one before it has called `next`. A handler that Express's router calls
 * itself takes about a microsecond and 600 bytes for each request.
 */
export function inOrder(...handlers: readonly RequestHandler[]): RequestHandler {
  return (request, response, next) => {
    let place = 0;
    const step: NextFunction = (error?: unknown) => {
      const handler = error === undefined ? handlers[place++] : undefined;
      if (handler) void handler(request, response, step);
      else next(error);
    };
    step();
  };
}
