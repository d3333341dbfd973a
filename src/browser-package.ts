import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from './package-root.ts';

/** The files that browsers load from packages of others, by package; `*` is every file of a folder. */
export const BROWSER_FILES = {
  ruru: ['static/*'],
  'swagger-ui-dist': ['swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-bundle.js.LICENSE.txt'],
} as const;

/**
 * The folder with the browser files of a package. The build copies them beside the compiled code, so that an installation
 * is spared the packages themselves and the hundred others that they depend on.
 */
export function browserPackage(name: keyof typeof BROWSER_FILES): string {
  const copied = join(import.meta.dirname, 'browser-packages', name);
  return existsSync(copied) ? copied : join(PACKAGE_ROOT, 'node_modules', name);
}
