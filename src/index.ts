/** What other programs import from the package to run the server within their own process. The README has an example. */
export { readConfig, ConfigError, type Config } from './config.ts';
export { openDatabase, type DatabaseAddress } from './database/open.ts';
export type { Database } from './database/database.ts';
export { DatabaseError } from './database/errors.ts';
export { createLog, type Log } from './observe/log.ts';
export { startServer, type RunningServer } from './server.ts';
