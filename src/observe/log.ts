import { createRequire } from 'node:module';
import type { Logger } from 'pino';
import { pino } from 'pino';
import type { default as PinoPretty } from 'pino-pretty';
import type { LogLevel } from '../config.ts';
import { isFile, LogFile } from './log-file.ts';
import { LogOutput } from './log-output.ts';

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
  if (process.stdout.isTTY) {
    // Loaded here, because it takes time and memory that a server whose log is JSON can do without.
    const pretty = createRequire(import.meta.url)('pino-pretty') as typeof PinoPretty;
    return pino(options, pretty({ colorize: true, translateTime: 'HH:MM:ss', ignore: 'pid,hostname', sync: true }));
  }
  const log = pino(options, isFile(process.stdout.fd) ? new LogFile(process.stdout.fd, onLost) : output());
  return log;

  function output(): LogOutput {
    return new LogOutput(process.stdout, (lines) => {
      log.warn({ lines }, 'lines of the log were left out, because nobody read them in time');
    });
  }

  function onLost(lines: number): void {
    log.warn({ lines }, 'lines of the log were lost, because the file could not be written');
  }
}
