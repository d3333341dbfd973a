import type { Config } from '../config.ts';
import { settingNames } from '../config.ts';
import { nearest } from '../config/nearest.ts';
import type { Log } from '../observe/log.ts';

/** Warns of settings that can be used and most likely are not what was meant. Values are not logged. */
export function warnOfSettings(environment: Record<string, string | undefined>, config: Config, log: Log): void {
  const known = settingNames();
  for (const name of Object.keys(environment)) {
    const meant = known.has(name) ? undefined : nearest(name, known);
    if (meant !== undefined) log.warn({ setting: name }, `there is no setting "${name}": did you mean ${meant}?`);
  }
  const { database, replica, trustedDocuments, trustedDocumentsFolder } = config;
  if (replica && database.engine === 'postgres' && replica.address.url === database.url) {
    log.warn('READ_DATABASE_URL is the same as DATABASE_URL: name a replica, or leave it out');
  }
  if (trustedDocuments === 'only' && trustedDocumentsFolder === null) {
    log.warn(
      'TRUSTED_DOCUMENTS is "only" without a TRUSTED_DOCUMENTS_DIR: GraphQL runs the operations of the console and no others',
    );
  }
}
