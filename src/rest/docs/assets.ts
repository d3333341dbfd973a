import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserPackage } from '../../browser-package.ts';

const OWN = join(import.meta.dirname, 'assets');
const SWAGGER = browserPackage('swagger-ui-dist');

/** The files that the pages ask for, by the name in their address. */
const FILES = {
  'icon.svg': { folder: OWN, type: 'image/svg+xml' },
  'frame.css': { folder: OWN, type: 'text/css' },
  'docs.css': { folder: OWN, type: 'text/css' },
  'explorer.css': { folder: OWN, type: 'text/css' },
  'explorer.js': { folder: OWN, type: 'text/javascript' },
  'swagger-ui.css': { folder: SWAGGER, type: 'text/css' },
  'swagger-ui-bundle.js': { folder: SWAGGER, type: 'text/javascript' },
} as const;

export type AssetName = keyof typeof FILES;
export const ASSET_NAMES = Object.keys(FILES) as AssetName[];

export interface Asset {
  readonly type: string;
  readonly content: Buffer;
  /** Of its content: another content has another address, so that a browser may keep the file for good. */
  readonly version: string;
}

const read = new Map<AssetName, Asset>();

/** A file, which is read when it is first asked for. */
export function readAsset(name: AssetName): Asset {
  const known = read.get(name);
  if (known) return known;
  const { folder, type } = FILES[name];
  const content = readFileSync(join(folder, name));
  const version = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const asset = { type: `${type}; charset=utf-8`, content, version };
  read.set(name, asset);
  return asset;
}

/** The address of a file. */
export function asset(name: AssetName): string {
  return `/api/v2/assets/${name}?v=${readAsset(name).version}`;
}
