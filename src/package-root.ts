import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder with package.json, schema/ and dist/. Code finds these from here, because the same module is in src/ in the
 * repository and in dist/server/ in an installed package, at different depths.
 */
export const PACKAGE_ROOT = dirname(fileURLToPath(import.meta.resolve('#package.json')));
