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
 * Whether an If-None-Match header names the tag (RFC 9110, 13.1.2). `*` names every tag. Express's `request.fresh` is of no use here:
 * Node's fetch adds `Cache-Control: no-cache` to requests with this header, and Express then answers them in full.
 */
function namesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const opaque = (one: string) => one.trim().replace(/^W\//, '');
  return header.trim() === '*' || header.split(',').some((one) => opaque(one) === opaque(tag));
}

/** Lets the caller's own cache keep the answer. The cache must ask with the tag each time whether its answer is still right. */
export function setEntityTag(response: Response, tag: string): void {
  response.setHeader('etag', tag);
  response.setHeader('cache-control', 'private, no-cache');
  response.vary('Authorization, Accept, Accept-Encoding');
}

/** Answers 304 when the caller has the answer with this tag already. Returns whether it has done so. */
export function sentNotModified(response: Response, tag: string): boolean {
  if (!namesTag(response.req.headers['if-none-match'], tag)) return false;
  setEntityTag(response, tag);
  response.status(304).end();
  return true;
}
