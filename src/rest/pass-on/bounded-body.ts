import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';

/** The largest body that is passed on, in bytes. Accounts accept files of up to 25 MB. Bodies are streamed, and not kept in memory. */
export const PASSED_BODY_LIMIT = 32_000_000;

/** The body is larger than PASSED_BODY_LIMIT. The answer is a 413 with `Connection: close`. */
export class PassedBodyTooLarge extends Error {
  constructor() {
    super(`The body is too large: at most ${PASSED_BODY_LIMIT} bytes are passed on.`);
  }
}

/** The body of a request as a stream. It fails with PassedBodyTooLarge when the body is longer than PASSED_BODY_LIMIT. */
export function boundedBody(request: IncomingMessage): Transform {
  let length = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      if (length > PASSED_BODY_LIMIT) done(new PassedBodyTooLarge());
      else done(null, chunk);
    },
  });
  return request.pipe(bounded);
}
