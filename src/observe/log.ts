import type { Logger } from 'pino';
import { pino } from 'pino';
import pretty from 'pino-pretty';
import type { LogLevel } from '../config.ts';

export type Log = Logger;

/** JSON, one line an event, for machines; coloured lines where standard output is a terminal. */
export function createLog(level: LogLevel): Log {
  const options = {
    level,
    base: null,
    // Nothing here logs headers. Should something come to do so, a token still does not get through.
    redact: ['*.authorization', '*.headers.authorization', 'headers.authorization'],
  };
  return process.stdout.isTTY
    ? pino(options, pretty({ colorize: true, translateTime: 'HH:MM:ss', ignore: 'pid,hostname', sync: true }))
    : // Written at once: what waits for the end of the process waits for ever where nobody reads the log any more.
      pino(options, pino.destination({ dest: 1, sync: true }));
}
