import type { Database } from './database.ts';
import { DatabaseUnavailableError } from './errors.ts';
import { within } from '../waiting/within.ts';

/**
 * The same database for what a request reads before it has a signal, such as its caller. These reads reject with
 * DatabaseUnavailableError after `timeout` ms, waiting for a connection included. The statement itself may go on to its own limit.
 */
export function promptReads<Reading extends Pick<Database, 'reader'>>(database: Reading, timeout: number): Reading {
  const { reader } = database;
  const late = () => new DatabaseUnavailableError(`it has not answered within ${timeout / 1000} s`);
  return {
    ...database,
    reader: {
      ...reader,
      all: (...statement) => within(timeout, reader.all(...statement), late),
      first: (...statement) => within(timeout, reader.first(...statement), late),
    },
  };
}
