import { join } from 'node:path';

export const REPOSITORY = join(import.meta.dirname, '../..');

/** Where the built console lies. */
export const CONSOLE_FOLDER = join(REPOSITORY, 'dist/console');

/** The console's operations by their hashes: the server knows them without being told. */
export const CONSOLE_MANIFEST = join(import.meta.dirname, 'app/generated/persisted-documents.json');
