import type { Logger } from 'pino';
import { pino } from 'pino';
import pretty from 'pino-pretty';
import type { LogLevel } from '../config.ts';

export type Log = Logger;

/**
 * Creates the log on standard output: coloured lines when it is a terminal, otherwise one line of JSON for each event.
 * @param worker The number of this process where several share the log. Each line has it.
 */
export function createLog(level: LogLevel, worker?: number): Log {
  const options = {
    level,
    base: worker === undefined ? null : { worker },
    // No code logs headers today. If some code ever does, these paths keep tokens out of the log.
    redact: ['*.authorization', '*.headers.authorization', 'headers.authorization'],
  };
  return process.stdout.isTTY
    ? pino(options, pretty({ colorize: true, translateTime: 'HH:MM:ss', ignore: 'pid,hostname', sync: true }))
    : // Lines are written synchronously, because a buffered log would keep the process from ending when nobody reads it.
      pino(options, pino.destination({ dest: 1, sync: true }));
}
