import { setTimeout as wait } from 'node:timers/promises';
import type { Change, Session, WorkspaceWrite } from '../database.ts';
import { DatabaseUnavailableError } from '../database.ts';
import { insertChange } from '../feed.ts';
import type { WorkspaceId } from '../tables.ts';
import { tracedWrite } from '../tracing.ts';
import type { PostgresConnection } from './connection.ts';
import { explained, isAway, isConflict, isLost, LOCK_TIMEOUT } from './faults.ts';
import type { ConnectionPool } from './pool.ts';
import { CommitLost } from './pool.ts';
import { STATEMENT_TIMEOUT } from './settings.ts';
import type { WriteMarks } from './write-marks.ts';
import { newMark, wasCommitted, withMark } from './write-marks.ts';
import type { WriteTurns } from './write-turns.ts';

/** How often a write is tried. */
const ATTEMPTS = 5;

/** The longest pause, in ms, before the second attempt. It doubles with each further one. */
const FIRST_PAUSE = 20;

/** A process that hangs in the middle of a write, as when its machine sleeps, keeps the workspace for so long, in ms. */
const IDLE_TIMEOUT = 30_000;

const BEGIN = `begin isolation level read committed;
  set local statement_timeout = ${STATEMENT_TIMEOUT};
  set local lock_timeout = ${LOCK_TIMEOUT};
  set local idle_in_transaction_session_timeout = ${IDLE_TIMEOUT}`;

/** What writes to workspaces need. */
export interface WorkspaceWriter {
  readonly pool: ConnectionPool;
  readonly turns: WriteTurns<unknown>;
  sessionOn(connection: PostgresConnection): Session;
  /** Is told how many seconds a commit took. */
  onCommit(seconds: number): void;
}

/** A write that is being tried: its mark, and the marks of the workspace as the last attempt found them. */
interface Attempt<Result> {
  readonly mark: string;
  before: WriteMarks | null;
  result?: Result;
}

/**
 * Runs `work` in a transaction that holds the workspace's row, so that the writes of a workspace follow one another and its
 * revisions become visible in their order. See `Database.write`.
 *
 * What the server rolled back because of another transaction, or because the connection broke, is run again as a whole. When
 * the connection breaks during the commit, the workspace's row tells whether the write was committed: it keeps the marks of
 * the newest writes, and nobody else can write while the row is locked.
 */
export function writeWorkspace<Result>(
  writer: WorkspaceWriter,
  workspace: WorkspaceId,
  work: (write: WorkspaceWrite) => Promise<Result>,
): Promise<Result> {
  return writer.turns.run(workspace, () =>
    tracedWrite(async () => {
      try {
        return await tryRepeatedly(writer, workspace, work);
      } catch (error) {
        const shown = explained(error);
        if (isAway(error)) writer.turns.failWaiting(shown);
        throw shown;
      }
    }),
  );
}

async function tryRepeatedly<Result>(
  writer: WorkspaceWriter,
  workspace: WorkspaceId,
  work: (write: WorkspaceWrite) => Promise<Result>,
): Promise<Result> {
  const attempt: Attempt<Result> = { mark: newMark(), before: null };
  for (let tries = 1; ; tries++) {
    try {
      return await runAttempt(writer, workspace, work, attempt);
    } catch (error) {
      if (error instanceof CommitLost) {
        if (await findOut(writer, workspace, attempt)) return attempt.result as Result;
      } else if (!isConflict(error) && !isLost(error)) throw error;
      if (tries === ATTEMPTS) throw error instanceof CommitLost ? error.cause : error;
    }
    await pause(tries);
  }
}

function runAttempt<Result>(
  { pool, sessionOn, onCommit }: WorkspaceWriter,
  workspace: WorkspaceId,
  work: (write: WorkspaceWrite) => Promise<Result>,
  attempt: Attempt<Result>,
): Promise<Result> {
  const changes: Change[] = [];
  let start: WorkspaceState | undefined;
  return pool.transaction(
    beginIn(workspace),
    async (connection, rows) => {
      const state = (start = stateOf(rows));
      attempt.before = state?.write_marks ?? null;
      return (attempt.result = await work({
        ...sessionOn(connection),
        async record(change) {
          if (!state) throw new Error(`there is no workspace ${workspace}`);
          return state.revision + changes.push(change);
        },
      }));
    },
    {
      // Nobody else raises the revision while the row is locked, so that the changes can be numbered here, and be written
      // together with the commit.
      async last(connection) {
        if (!start || changes.length === 0) return;
        const { revision, write_marks: marks } = start;
        const session = sessionOn(connection);
        await Promise.all([
          ...changes.map((change, place) => insertChange(session, workspace, revision + place + 1, change)),
          keepState(session, workspace, {
            revision: revision + changes.length,
            write_marks: withMark(marks, attempt.mark),
          }),
        ]);
      },
      onCommit,
    },
  );
}

/** Whether the write whose commit was lost has been committed. Throws DatabaseUnavailableError when this cannot be found out. */
async function findOut(
  { pool }: WorkspaceWriter,
  workspace: WorkspaceId,
  { mark, before }: Attempt<unknown>,
): Promise<boolean> {
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    await pause(tries);
    try {
      // Waits until the server has ended the lost transaction, since that one holds the row until then.
      const now = await pool.transaction(beginIn(workspace), async (_connection, rows) => stateOf(rows));
      const committed = before === null || !now ? null : wasCommitted(mark, before, now.write_marks);
      if (committed !== null) return committed;
      break;
    } catch {
      // The server is not there yet.
    }
  }
  throw new DatabaseUnavailableError(
    'the connection was lost while the change was being saved, and it is not known whether it was; look before you repeat it',
  );
}

/** What a write needs of the workspace's row, which it has locked. */
interface WorkspaceState {
  readonly revision: number;
  readonly write_marks: WriteMarks;
}

/** The commands that begin a transaction and lock the workspace's row: one message, and so one round trip. */
function beginIn(workspace: WorkspaceId): string {
  return `${BEGIN}; select revision, write_marks from workspaces where id = ${Number(workspace)} for no key update`;
}

/** The rows of `beginIn`. undefined: there is no such workspace. */
function stateOf(rows: readonly unknown[]): WorkspaceState | undefined {
  return rows[0] as WorkspaceState | undefined;
}

async function keepState(session: Session, workspace: WorkspaceId, state: WorkspaceState): Promise<void> {
  await session.all('keep workspace state', { workspace, ...state }, (db, slots) =>
    db
      .updateTable('workspaces')
      .set({ revision: slots.revision, write_marks: slots.write_marks })
      .where('id', '=', slots.workspace)
      .returning('id'),
  );
}

/** A random pause, so that two transactions that are in each other's way do not meet again. */
async function pause(tries: number): Promise<void> {
  await wait(Math.random() * FIRST_PAUSE * 2 ** (tries - 1));
}
