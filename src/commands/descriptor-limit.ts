import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import type { Log } from '../observe/log.ts';

/** How many files a process may have open besides the connections of clients: modules, the database, pipes to other processes. */
const BESIDES = 200;

/**
 * Warns when a process may not open as many files as MAX_CONNECTIONS needs, because a connection is a file. The system would then
 * keep new connections waiting without an error.
 */
export function warnOfFewDescriptors({ connections: { total } }: Config, log: Log): void {
  const limit = descriptorLimit();
  const needed = total + BESIDES;
  if (limit === null || limit >= needed) return;
  log.warn(
    { limit, needed },
    'this process may open fewer files than MAX_CONNECTIONS needs: raise the limit (ulimit -n), or set a lower MAX_CONNECTIONS',
  );
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
