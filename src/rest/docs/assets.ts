import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import { browserPackage } from '../../browser-package.ts';
import { staticFiles } from '../../http/static-files.ts';

const OWN = join(import.meta.dirname, 'assets');
const SWAGGER = browserPackage('swagger-ui-dist');

/** The files that the pages load, with the folder of each. */
const FOLDERS = {
  'icon.svg': OWN,
  'frame.css': OWN,
  'docs.css': OWN,
  'explorer.css': OWN,
  'explorer.js': OWN,
  'swagger-ui.css': SWAGGER,
  'swagger-ui-bundle.js': SWAGGER,
} as const;

type AssetName = keyof typeof FOLDERS;

/** Serves the files that the pages load, below the path where the handlers are used. */
export function assetFiles(): RequestHandler[] {
  const names = Object.entries(FOLDERS);
  return [OWN, SWAGGER].map((folder) =>
    staticFiles(
      folder,
      names.filter(([, of]) => of === folder).map(([name]) => name),
    ),
  );
}

const addresses = new Map<AssetName, string>();

/** The address of a file. New content has a new address, because browsers keep what they have loaded from the old one. */
export function asset(name: AssetName): string {
  const known = addresses.get(name);
  if (known !== undefined) return known;
  const content = readFileSync(join(FOLDERS[name], name));
  const version = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const address = `/api/v2/assets/${name}?v=${version}`;
  addresses.set(name, address);
  return address;
}
