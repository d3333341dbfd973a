import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** A built file, and the same compressed. All of them together are small, so they are kept in memory. */
export interface Asset {
  type: string;
  identity: Buffer;
  br: Buffer | undefined;
  gzip: Buffer | undefined;
}

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The files of a folder by name. */
export function readAssets(folder: string): Map<string, Asset> {
  const assets = new Map<string, Asset>();
  const names = new Set(readdirSync(folder));
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const variant = (suffix: string) =>
      names.has(name + suffix) ? readFileSync(join(folder, name + suffix)) : undefined;
    assets.set(name, { type, identity: readFileSync(join(folder, name)), br: variant('.br'), gzip: variant('.gz') });
  }
  return assets;
}
