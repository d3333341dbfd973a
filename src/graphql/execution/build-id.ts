import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../package-root.ts';

/** The server's code: src/ in the repository, dist/server/ in the package. */
const CODE = join(import.meta.dirname, '../..');

let known: string | undefined;

/**
 * A hash of the server's code and schema. Two processes that run the same code and schema have the same id, on any machine. The
 * version in package.json is too coarse, because it does not change during development.
 */
export function buildId(): string {
  return (known ??= hashOf([CODE, join(PACKAGE_ROOT, 'schema')]));
}

function hashOf(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => /\.(js|ts|graphql)$/.test(name) && !isOfBrowser(name)).toSorted()) {
      hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
    }
  }
  return hash.digest('base64url');
}

/** The console's own code does not make answers. */
function isOfBrowser(file: string): boolean {
  return /^console[\\/]app[\\/]/.test(file);
}
