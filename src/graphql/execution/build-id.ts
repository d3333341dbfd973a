import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../package-root.ts';

/** The server's code: src/ in the repository, dist/server/ in the package. */
const CODE = join(import.meta.dirname, '../..');

let known: string | undefined;

/**
 * The same for two processes that run the same code and schema, on whatever machine, and another one after any change of them:
 * the version in package.json is too coarse while one develops.
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
