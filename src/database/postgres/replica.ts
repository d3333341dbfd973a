import { DatabaseUnavailableError } from '../errors.ts';
import type { Replica, ReplicaListener } from '../replica/replica.ts';
import { UnderWay } from '../replica/under-way.ts';
import { openPostgres } from './postgres.ts';
import { ReplicaWatch } from './replica-watch.ts';
import type { PostgresAddress } from './address.ts';

/**
 * A standby of a PostgreSQL database, from which requests read. Connections are made when they are needed, so that this
 * succeeds also when no server is there.
 * @param maxLag How far, in ms, it may be behind before it is left out.
 */
export function openPostgresReplica(
  primary: PostgresAddress,
  standby: PostgresAddress,
  maxLag: number,
  listener: ReplicaListener,
): Replica {
  const database = openPostgres(standby);
  const underWay = new UnderWay();
  const watch = new ReplicaWatch(primary, standby, maxLag, (event) => {
    if (event.kind === 'left-out') underWay.endAll(new DatabaseUnavailableError(event.reason));
    listener(event);
  });
  return {
    state: () => watch.state(),
    lookNow: () => watch.lookNow(),
    readerFor(workspace, signal) {
      const controller = new AbortController();
      const end = () => controller.abort(signal.reason);
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
      const { reader } = database.forRequest(workspace, controller.signal);
      return {
        ...reader,
        all: (...statement) => underWay.run(controller, () => reader.all(...statement)),
        first: (...statement) => underWay.run(controller, () => reader.first(...statement)),
      };
    },
    measure: (onWork) => database.measure(onWork),
    async close() {
      await Promise.all([watch.close(), database.close()]);
    },
  };
}
