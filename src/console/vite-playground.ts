import { fileURLToPath } from 'node:url';
import type { UserConfig } from 'vite';
import { SHARED } from './vite-shared.ts';

/** The playground has a build of its own. It shares no files with the console, because the console's first load must stay small. */
const config: UserConfig = {
  ...SHARED,
  root: fileURLToPath(new URL('../playground/app/', import.meta.url)),
  base: '/graphiql/',
};

export default config;
