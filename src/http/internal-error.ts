import type { ErrorRequestHandler } from 'express';
import { asError } from '../thrown.ts';
import { BodyAborted } from './body.ts';

/** All that callers are told of an error that is the server's own. The log has the rest, under the request's id. */
export const INTERNAL_ERROR_MESSAGE = 'The server failed to do this. The fault has been logged.';

/** Logs an error that callers are not meant to see, under the id of the request that met it. */
export type ReportError = (error: Error, requestId: string) => void;

/**
 * The last error handler of the server. It answers in JSON what no route has answered: 400 for an address that cannot be
 * decoded, and 500 for every other error, which it reports.
 */
export function answerErrors(report: ReportError): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (error instanceof BodyAborted) return;
    // Express then closes the connection, so that the client sees that the answer is not complete.
    if (response.headersSent) return next(error);
    // Express's router throws a URIError when it decodes a parameter of the path.
    if (error instanceof URIError) {
      response.status(400).json({ detail: 'The address cannot be decoded: a % does not begin a UTF-8 character.' });
      return;
    }
    const { requestId } = response.locals;
    report(asError(error), requestId);
    response.status(500).json({ detail: INTERNAL_ERROR_MESSAGE, request_id: requestId });
  };
}
