import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import { staticFiles } from '../../http/static-files.ts';

/** The folder of the server's code. */
const SOURCE = join(import.meta.dirname, '../..');

/** The files that the pages load, by their paths in SOURCE. The pages have the console's icon, colours and sign-in. */
export const ASSETS = [
  'console/app/icon.svg',
  'console/app/styles/tokens.css',
  'console/app/api/in-header.js',
  'console/app/session/entries.js',
  'console/app/session/other-tabs.js',
  'console/app/session/playground-runs.js',
  'console/app/session/sign-in-bar.js',
  'console/app/session/token.js',
  'console/app/session/workspaces.js',
  'rest/docs/assets/frame.css',
  'rest/docs/assets/docs.css',
  'rest/docs/assets/explorer.css',
  'rest/docs/assets/page.js',
  'rest/docs/assets/explorer.js',
  'rest/docs/assets/code-tools.js',
  'rest/docs/assets/find.js',
  'rest/docs/assets/request-code.js',
  'rest/docs/assets/session.js',
] as const;

/** The version in the addresses changes with the content, because browsers cache the files without asking again. */
const version = fingerprint();

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const name of ASSETS) hash.update(readFileSync(join(SOURCE, name)));
  return hash.digest('hex').slice(0, 12);
}

/**
 * Serves the files that the pages load, below `/api/v2`. All share one version and keep their paths, because scripts import each other by
 * relative paths.
 */
export function assetFiles(): [path: string, handler: RequestHandler] {
  return [`/assets/${version}`, staticFiles(SOURCE, ASSETS)];
}

/** The address of a file. */
export function asset(name: (typeof ASSETS)[number]): string {
  return `/api/v2/assets/${version}/${name}`;
}
