import { randomBytes } from 'node:crypto';
import type { Response } from 'express';
import { pagePolicy } from './page-policy.ts';

/** Placeholder for the nonce in a built page. The server replaces it with a new nonce in each response. */
export const CSP_NONCE_PLACEHOLDER = '__CSP_NONCE__';

/**
 * Sends a page of the console or the playground. The scripts and styles of this server, and those within the page, are allowed.
 * @param allowed What else the page may load and do: see `pagePolicy`.
 */
export function sendBuiltPage(response: Response, page: string, allowed: Readonly<Record<string, string>>): void {
  const nonce = randomBytes(16).toString('base64');
  const own = `'self' 'nonce-${nonce}'`;
  response.setHeader('content-security-policy', pagePolicy({ 'script-src': own, 'style-src': own, ...allowed }));
  // The page names the files of one build. A cached page would ask for files that are gone after an update.
  response.setHeader('cache-control', 'no-store');
  response.type('html').end(page.replaceAll(CSP_NONCE_PLACEHOLDER, nonce));
}

/**
 * Says how to build a part that has not been built (503).
 * @param more HTML that follows.
 */
export function sendNotBuilt(response: Response, part: 'Console' | 'Playground', more = ''): void {
  response.setHeader('cache-control', 'no-store');
  response
    .status(503)
    .type('html')
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>${part} not built</title>` +
        `<h1>The ${part.toLowerCase()} is not built</h1><p>Run <code>npm ci &amp;&amp; npm run build:console</code> ` +
        `where the server was installed, and load this page again.${more}</p></html>`,
    );
}
