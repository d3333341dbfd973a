import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package-root.ts';

/** Where the built console lies. */
export const CONSOLE_FOLDER = join(PACKAGE_ROOT, 'dist/console');

/** The console's page in each language: `CODE.html`. */
export const PAGES_FOLDER = join(CONSOLE_FOLDER, 'pages');

/** The folder with the built playground, within the console's. */
export const PLAYGROUND = 'playground';

/** The console's operations by their hashes: the server knows them without being told. */
export const CONSOLE_MANIFEST = join(import.meta.dirname, 'app/generated/persisted-documents.json');
