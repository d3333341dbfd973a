import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import type { Log } from '../observe/log.ts';

/**
 * How many files a process may have open besides the connections of clients and of databases: modules, static files that are sent, a file
 * of SQLite, pipes to other processes.
 */
const BESIDES = 200;

/**
 * The settings with no more connections than the system leaves room for, because a connection is a file. Without that bound, idle
 * connections could leave no room for what the server itself must open. An address keeps its share of the connections.
 */
export function withinDescriptors(config: Config): Config {
  const { total, perAddress } = config.connections;
  const limit = descriptorLimit();
  if (limit === null || limit >= descriptorsNeeded(config)) return config;
  const room = Math.max(1, total - (descriptorsNeeded(config) - limit));
  return { ...config, connections: { total: room, perAddress: Math.ceil((perAddress * room) / total) } };
}

/** Warns when the server accepts fewer connections than MAX_CONNECTIONS: see withinDescriptors. */
export function warnOfFewDescriptors(config: Config, log: Log): void {
  const { connections } = withinDescriptors(config);
  if (connections.total === config.connections.total) return;
  log.warn(
    { limit: descriptorLimit(), needed: descriptorsNeeded(config), connections: connections.total },
    'this process may open fewer files than MAX_CONNECTIONS needs, so it accepts fewer connections: raise the limit (ulimit -n), or set a lower MAX_CONNECTIONS',
  );
}

function descriptorsNeeded({ connections, database, replica }: Config): number {
  const ofDatabase = database.engine === 'postgres' ? database.connections : 0;
  return connections.total + ofDatabase + (replica?.address.connections ?? 0) + BESIDES;
}

/** How many files this process may have open; null where the system does not say, or sets no limit. */
function descriptorLimit(): number | null {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    const soft = /^Max open files +(\d+)/m.exec(limits)?.[1];
    return soft === undefined ? null : Number(soft);
  } catch {
    // Only Linux has the file.
    return null;
  }
}
