import type { HTTPGraphQLResponse } from '@apollo/server';
import type { Response } from 'express';
import { endWithBytes } from '../http/end-with-bytes.ts';
import { tagAnswer } from '../http/entity-tag.ts';
import type { RequestState } from './apollo.ts';
import type { ErrorCode } from './errors.ts';
import { refuse } from './refuse.ts';
import { textOfStream } from './streams/answer-with-stream.ts';

/**
 * Sends the result of an operation, in one piece.
 * @param tag The entity tag for an answer that may have one.
 */
export function sendResult(
  response: Response,
  { status = 200, headers, body }: HTTPGraphQLResponse,
  { accepted, taggable, json }: RequestState,
  tag: string | null,
): void {
  const { codes } = response.locals.observed;
  // Apollo has refused the request before there was an operation, so that its plugin has not seen the error.
  if (status === 400 && codes.length === 0) codes.push('BAD_REQUEST' satisfies ErrorCode);
  for (const [name, value] of headers) response.setHeader(name, value);
  if (body.kind !== 'complete') {
    const message = 'Answers in several parts (@defer, @stream) are not given here.';
    return refuse(response, { code: 'BAD_REQUEST', message });
  }
  if (accepted.stream && !accepted.json && status <= 400) {
    const { contentType, text } = textOfStream(accepted.stream, json?.toString() ?? body.string);
    response.status(200).setHeader('content-type', contentType).end(text);
    return;
  }
  if (tag !== null && taggable && tagAnswer(response, tag)) return;
  const bytes = json ?? Buffer.from(body.string);
  response.setHeader('content-length', bytes.length);
  endWithBytes(response.writeHead(status), bytes);
}
