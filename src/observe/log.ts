import { createRequire } from 'node:module';
import type { Logger } from 'pino';
import { pino } from 'pino';
import type { default as PinoPretty } from 'pino-pretty';
import type { LogLevel } from '../config.ts';
import { isFile, LogFile } from './log-file.ts';
import { doNotBlock, LogOutput } from './log-output.ts';

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
  const log = pino(options, destination());
  return log;

  function destination() {
    if (process.stdout.isTTY) return terminal();
    return isFile(process.stdout.fd) ? new LogFile(process.stdout.fd, onLost) : output();
  }

  function terminal() {
    // Loaded here, because it takes time and memory that a server whose log is JSON can do without.
    const { prettyFactory } = createRequire(import.meta.url)('pino-pretty') as typeof PinoPretty;
    const pretty = prettyFactory({ colorize: true, translateTime: 'HH:MM:ss', ignore: 'pid,hostname' });
    doNotBlock(process.stdout);
    const lines = output();
    return { write: (line: string) => lines.write(pretty(line)) };
  }

  function output(): LogOutput {
    return new LogOutput(process.stdout, (lines) => {
      log.warn({ lines }, 'lines of the log were left out, because nobody read them in time');
    });
  }

  function onLost(lines: number): void {
    log.warn({ lines }, 'lines of the log were lost, because the file could not be written');
  }
}
