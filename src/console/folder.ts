import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package-root.ts';

/** The folder with the built console. */
export const CONSOLE_FOLDER = join(PACKAGE_ROOT, 'dist/console');

/** The console's page in each language: `CODE.html`. */
export const PAGES_FOLDER = join(CONSOLE_FOLDER, 'pages');

/** The name of the folder with the built playground, inside CONSOLE_FOLDER. */
export const PLAYGROUND = 'playground';

/** The console's operations by their hashes. The server reads this file, so no operation of the console has to be registered. */
export const CONSOLE_MANIFEST = join(import.meta.dirname, 'app/generated/persisted-documents.json');
