import { hash } from 'node:crypto';
import type { Response } from 'express';

/**
 * A weak entity tag (RFC 9110, 8.8.3) for all that determines an answer. It is weak, because the answer may be compressed or
 * not.
 */
export function entityTag(determining: readonly (string | number | null)[]): string {
  return `W/"${hash('sha256', JSON.stringify(determining), 'base64url').slice(0, 22)}"`;
}

/**
 * Whether an If-None-Match header names the tag (RFC 9110, 13.1.2). Express's `request.fresh` is of no use here: Node's fetch adds
 * `Cache-Control: no-cache` to requests with this header, and Express then answers them in full.
 */
function namesTag(header: string | undefined, tag: string): boolean {
  const opaque = (one: string) => one.trim().replace(/^W\//, '');
  return header !== undefined && header.split(',').some((one) => opaque(one) === opaque(tag));
}

/** Answers 304 when the caller has the answer with this tag already. Returns whether it has done so. */
export function sentNotModified(response: Response, tag: string): boolean {
  return namesTag(response.req.headers['if-none-match'], tag) && sendNotModified(response, tag);
}

/**
 * Gives its tag to an answer that is known to be successful. `If-None-Match: *` names every successful answer: a request with it gets a
 * 304 in place of the answer, and this returns true. `sentNotModified` comes too early for that, because a wrong request with `*` must get
 * its error (RFC 9110, 13.2.1).
 */
export function tagAnswer(response: Response, tag: string): boolean {
  if (response.req.headers['if-none-match']?.trim() === '*') return sendNotModified(response, tag);
  setEntityTag(response, tag);
  return false;
}

function sendNotModified(response: Response, tag: string): true {
  setEntityTag(response, tag);
  response.removeHeader('content-type');
  response.status(304).end();
  return true;
}

/** Lets the caller's own cache keep the answer. The cache must ask with the tag each time whether its answer is still right. */
function setEntityTag(response: Response, tag: string): void {
  response.setHeader('etag', tag);
  response.setHeader('cache-control', 'private, no-cache');
  response.vary('Authorization, Accept, Accept-Encoding');
}
