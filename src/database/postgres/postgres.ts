import type pg from 'pg';
import type { Database } from '../database.ts';
import { STATEMENTS_AT_A_TIME } from '../database.ts';
import { LOOK_INTERVAL, Outage } from '../outage.ts';
import { paused } from '../../waiting/paused.ts';
import { Statements } from '../statements.ts';
import { WorkTimes } from '../work-times.ts';
import { AccessVersion } from './access-version.ts';
import type { PostgresAddress } from './address.ts';
import { administer, tryWriting } from './administration.ts';
import { accessRevision, raisingAccessRevision } from './bookkeeping.ts';
import type { StatementRunner } from './connection.ts';
import { PostgresConnection, StatementNames } from './connection.ts';
import { kyselyOver } from './dialect.ts';
import { connectionError, faultOf } from './faults.ts';
import { fewAtATime } from './few-at-a-time.ts';
import { migratePostgres, migrationsRun } from './migrate.ts';
import { ConnectionPool } from './pool.ts';
import { RowClient } from './row-client.ts';
import { SchemaState } from './schema-state.ts';
import type { OnPostgresStatement } from './sessions.ts';
import { sessionsWith } from './sessions.ts';
import { ANY_TIME, clientSettings, statementLimits } from './settings.ts';
import { WriteTurns } from './write-turns.ts';
import { WorkspaceWrites } from './writes.ts';

/** How long, in ms, writes may still take when the database is closed. */
const CLOSE_TIMEOUT = 1_000;

const BEGIN_SNAPSHOT = `begin isolation level repeatable read read only; ${ANY_TIME}`;

/**
 * Opens a PostgreSQL database. Connections are made when they are needed, so that this succeeds also when the server is not
 * there yet. Reads and writes have connections of their own, so that a read never waits for a write.
 */
export function openPostgres(address: PostgresAddress, onStatement?: OnPostgresStatement): Database {
  const outage = new Outage();
  const half = Math.max(1, Math.floor(address.connections / 2));
  const { reads, writes } = openPools(address, half, outage);
  const schema = new SchemaState(kyselyOver(reads));
  const sessionOver = sessionsWith(new Statements(kyselyOver(reads)), onStatement);
  const times = new WorkTimes();

  const onRead = times.of('read');
  const reader = sessionOver(readsOf(reads, schema), onRead);
  const version = new AccessVersion(() => accessRevision(reader));

  const turns = new WriteTurns<unknown>(half);
  const workspaceWrites = new WorkspaceWrites({
    pool: writes,
    turns,
    sessionOn: (connection) => sessionOver(connection),
    onCommit: times.of('commit'),
  });
  const write: Database['write'] = (workspace, work, options = {}) =>
    times.ofWrite(() =>
      schema.explaining(async () => {
        schema.checkWritable();
        if (!options.changesAccess) return workspaceWrites.run(workspace, work, options);
        const result = await workspaceWrites.run(workspace, raisingAccessRevision(work), options);
        version.forget();
        return result;
      }),
    );

  return {
    reader,
    forRequest: (_workspace, signal) => ({
      reader: sessionOver(fewAtATime(readsOf(reads, schema, signal), STATEMENTS_AT_A_TIME), onRead, reader.db),
      write,
    }),
    write,
    administer: (work, options = {}) =>
      turns.run(
        'administration',
        () =>
          schema.explaining(async () => {
            const { changesAccess = true } = options;
            const raising = changesAccess ? raisingAccessRevision(work) : work;
            const result = await administer(writes, sessionOver, raising, options);
            if (changesAccess) version.forget();
            return result;
          }),
        { long: !options.brief },
      ),
    snapshot: (work) => schema.explaining(() => readSnapshot(address, (connection) => work(sessionOver(connection)))),
    version: () => version.current(),
    dataVersion: () => Number.NaN,
    measure: (listener) => times.listen(listener),
    replica: () => null,
    waitingWrites: () => workspaceWrites.waiting,
    migrations: () => migrationsRun(reads),
    migrate: ({ existing = false } = {}) => schema.migrating(() => migratePostgres(writes, sessionOver, existing)),
    problem: () => schema.problem(),
    watch(listener) {
      outage.listen(listener);
      const stopped = new AbortController();
      void lookAfter(outage, schema, () => tryWriting(writes, sessionOver), stopped.signal);
      return () => stopped.abort();
    },
    async close() {
      await Promise.race([turns.idle(), paused(CLOSE_TIMEOUT)]);
      await Promise.all([reads.close(), writes.close()]);
    },
  };
}

/** Opens the connections for reads and for writes, up to `max` of each. Their faults are reported to `outage`. */
function openPools(address: PostgresAddress, max: number, outage: Outage) {
  const settings = clientSettings(address);
  const limits = statementLimits(address);
  // Behind a pooler no names are used: the next transaction may get another connection to the server, which does not know them.
  const names = address.pooler ? null : new StatementNames();
  const open = (more: pg.ClientConfig = {}) =>
    new ConnectionPool({ ...settings, ...more }, max, names, limits, (reason) => outage.fault(reason));
  // Pipelining: the statements of a write that do not depend on each other are sent at once, and the server runs them in order.
  return { reads: open(), writes: open({ pipeline: true }) };
}

/** Runs statements outside a transaction, if the database has the tables that they need. They end when the signal aborts. */
function readsOf(pool: ConnectionPool, schema: SchemaState, signal?: AbortSignal): StatementRunner {
  return {
    run: (statement) =>
      schema.explaining(() => {
        schema.checkReadable();
        return pool.run(statement, signal);
      }),
  };
}

/** Reads over one state of the database, on a connection that is opened for it. */
async function readSnapshot<Result>(
  address: PostgresAddress,
  work: (connection: PostgresConnection) => Promise<Result>,
): Promise<Result> {
  const client = new RowClient(clientSettings(address));
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw connectionError(error);
  }
  try {
    const connection = new PostgresConnection(client, null);
    await connection.command(BEGIN_SNAPSHOT);
    return await work(connection);
  } finally {
    await client.end();
  }
}

/** Notices an outage, and ends it when reading and writing work again. */
async function lookAfter(
  outage: Outage,
  schema: SchemaState,
  writeOnce: () => Promise<void>,
  stopped: AbortSignal,
): Promise<void> {
  while (await paused(LOOK_INTERVAL, stopped)) {
    const found = await schema.problem();
    if (found !== null) outage.fault(found);
    if (!outage.underWay || found !== null) continue;
    try {
      await writeOnce();
      outage.works();
    } catch (error) {
      // The outage goes on.
      outage.fault(faultOf(error) ?? 'the database cannot be written to');
    }
  }
}
