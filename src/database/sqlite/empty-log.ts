import { constants, setPriority } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { ignoreStopSignals } from '../../stop-signals.ts';
import { BUSY_TIMEOUT } from './busy.ts';

// The program of a process that brings a large log into the database: see large-log.ts.

/** What the log may still hold, in pages, when this process ends. SQLite itself brings as much in within one commit. */
const REST = 1_000;

/** The pause, in ms, while somebody reads an old state, for which the log is still needed. */
const PAUSE = 1_000;

/** How long, in ms, writes are held up at most until the file of the log can be shortened. */
const TRUNCATE_TIMEOUT = 500;

// The server goes first where there are few processors.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

ignoreStopSignals();
process.on('disconnect', () => process.exit());

interface State {
  readonly busy: number;
  readonly log: number;
  readonly checkpointed: number;
}

/** Whether much is left in the log, as far as is known: with `busy` another process has prevented a look. */
const isMuch = ({ busy, log, checkpointed }: State) => busy !== 0 || log - checkpointed > REST;

try {
  await emptyLog(process.argv[2] ?? '');
  process.exit(0);
} catch (error) {
  // The disk or the file is at fault, which the server notices for itself.
  if (error instanceof Sqlite.SqliteError) process.exit(1);
  throw error;
}

async function emptyLog(file: string): Promise<void> {
  const connection = new Sqlite(file, { fileMustExist: true, timeout: BUSY_TIMEOUT });
  // The writes that are brought in were synced to the log, which may be removed afterwards.
  connection.pragma('synchronous = FULL');
  /** Brings into the database what nobody needs in the log any more. Keeps neither readers nor writers waiting. */
  const bringIn = () => (connection.pragma('wal_checkpoint(passive)') as [State])[0];

  let before = -1;
  for (let state = bringIn(); isMuch(state); state = bringIn()) {
    // Without progress another process does the same, or somebody reads an old state. Otherwise writes have added to the log meanwhile.
    if (state.checkpointed === before) await wait(PAUSE);
    before = state.checkpointed;
  }
  // The file gives its space back. When somebody reads or writes all the time, it does so later: see `journal_size_limit`.
  connection.pragma(`busy_timeout = ${TRUNCATE_TIMEOUT}`);
  connection.pragma('wal_checkpoint(truncate)');
  connection.close();
}
