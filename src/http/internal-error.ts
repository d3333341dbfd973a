import type { ErrorRequestHandler } from 'express';
import { asError } from '../thrown.ts';
import { OVERLOADED_MESSAGE } from './admission.ts';
import { BodyAborted } from './body.ts';
import { isOutOfDescriptors } from './out-of-descriptors.ts';
import { RETRY_AFTER_SECONDS } from './retry-after.ts';

/** All that callers are told of an error that is the server's own. The log has the rest, under the request's id. */
export const INTERNAL_ERROR_MESSAGE = 'The server failed to do this. The fault has been logged.';

/** Logs an error that callers are not meant to see, under the id of the request that met it. */
export type ReportError = (error: Error, requestId: string) => void;

/** What a route may have said of the file that it could not send then. */
const OF_A_FILE = ['content-type', 'content-encoding', 'etag', 'last-modified', 'accept-ranges'];

/**
 * The last error handler of the server. It answers in JSON what no route has answered: 400 for an address that cannot be
 * decoded, 503 when no more files can be opened, and 500 for every other error. It reports the last two.
 */
export function answerErrors(report: ReportError): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (error instanceof BodyAborted) return;
    // Express then closes the connection, so that the client sees that the answer is not complete.
    if (response.headersSent) return next(error);
    for (const name of OF_A_FILE) response.removeHeader(name);
    response.setHeader('cache-control', 'no-store');
    // Express's router throws a URIError when it decodes a parameter of the path.
    if (error instanceof URIError) {
      response.status(400).json({ detail: 'The address cannot be decoded: a % does not begin a UTF-8 character.' });
      return;
    }
    const { requestId } = response.locals;
    report(asError(error), requestId);
    if (isOutOfDescriptors(error)) {
      response.status(503).set('retry-after', String(RETRY_AFTER_SECONDS)).json({ detail: OVERLOADED_MESSAGE });
      return;
    }
    response.status(500).json({ detail: INTERNAL_ERROR_MESSAGE, request_id: requestId });
  };
}
