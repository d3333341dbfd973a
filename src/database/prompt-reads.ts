import type { Database } from './database.ts';
import { DatabaseUnavailableError } from './errors.ts';

/**
 * The same database for what a request reads before it has a signal, such as its caller. These reads reject with
 * DatabaseUnavailableError after `timeout` ms, waiting for a connection included. The statement itself may go on to its own limit.
 */
export function promptReads<Reading extends Pick<Database, 'reader'>>(database: Reading, timeout: number): Reading {
  const { reader } = database;
  return {
    ...database,
    reader: {
      ...reader,
      all: (...statement) => within(timeout, reader.all(...statement)),
      first: (...statement) => within(timeout, reader.first(...statement)),
    },
  };
}

function within<Result>(timeout: number, reading: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new DatabaseUnavailableError(`it has not answered within ${timeout / 1000} s`));
    const timer = setTimeout(late, timeout);
    reading.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
