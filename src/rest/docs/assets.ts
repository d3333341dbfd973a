import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import { staticFiles } from '../../http/static-files.ts';

const OWN = join(import.meta.dirname, 'assets');
/** The pages have the console's colours and its icon. */
const CONSOLE = join(import.meta.dirname, '../../console/app');

/** The files that the pages load, with the folder of each. */
const FOLDERS = {
  'icon.svg': CONSOLE,
  'styles/tokens.css': CONSOLE,
  'frame.css': OWN,
  'docs.css': OWN,
  'explorer.css': OWN,
  'page.js': OWN,
  'explorer.js': OWN,
  'code-tools.js': OWN,
  'find.js': OWN,
  'request-code.js': OWN,
  'session.js': OWN,
  'session-bar.js': OWN,
} as const;

type AssetName = keyof typeof FOLDERS;

/** The version in the addresses changes with the content, because browsers cache the files without asking again. */
const version = fingerprint();

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const [name, folder] of Object.entries(FOLDERS)) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}

/** Serves the files that the pages load, below `/api/v2`. All share one version, because scripts import each other by relative names. */
export function assetFiles(): [path: string, ...handlers: RequestHandler[]] {
  const names = Object.entries(FOLDERS);
  const handlers = [OWN, CONSOLE].map((folder) =>
    staticFiles(
      folder,
      names.filter(([, of]) => of === folder).map(([name]) => name),
    ),
  );
  return [`/assets/${version}`, ...handlers];
}

/** The address of a file. */
export function asset(name: AssetName): string {
  return `/api/v2/assets/${version}/${name}`;
}
