import type { ClusterMember } from '../cluster/member.ts';
import { joinCluster } from '../cluster/member.ts';
import { WorkerGroup, WorkersFailed } from '../cluster/worker-group.ts';
import type { Config } from '../config.ts';
import { inodeOf, openDatabase, openSameDatabase } from '../database/open.ts';
import { keptFor, LocalRevisions } from '../database/replica/revisions.ts';
import { createLog } from '../observe/log.ts';
import { startServer } from '../server.ts';
import { ignoreStopSignals } from '../stop-signals.ts';
import { withinDescriptors } from './descriptor-limit.ts';
import { finish, STOP_TIMEOUT } from './finish.ts';
import { listenError } from './listen-error.ts';
import type { Prepared } from './prepare.ts';
import { prepare } from './prepare.ts';
import { exitWith, stopOnSignal } from './stop-on-signal.ts';
import { upstreamWelcome, welcome } from './welcome.ts';

/** A worker kills itself when it takes too long to stop. The primary kills it this much later, in ms. */
const MARGIN = 1_000;

/** `campaigns serve` with several workers, in the primary process. Resolves when the first worker serves. */
export async function servePrimary(config: Config, demo: boolean, upstream: string | undefined): Promise<void> {
  const log = createLog(config.logLevel);
  const database = await openDatabase(config.database);
  let prepared: Prepared;
  try {
    prepared = await prepare(config, database, log, demo);
  } catch (error) {
    await database.close();
    throw error;
  }
  void prepared.migrated.then(() => database.close());
  const revisions = config.replica && new LocalRevisions(keptFor(config.replica.maxLag));
  const workers = new WorkerGroup(config.workers, log, revisions, inodeOf(config.database));
  stopOnSignal(async (signal) => {
    log.info({ signal }, 'the workers finish open requests');
    const clean = await workers.stop(config.drainDelay + STOP_TIMEOUT + MARGIN);
    log.info('all workers have stopped');
    return clean ? 0 : 1;
  });
  workers.failure.catch((error: unknown) => {
    if (!(error instanceof WorkersFailed)) throw error;
    exitWith(Promise.resolve(1));
  });
  const port = await workers.start();
  if (demo) console.log(welcome(port, prepared.token));
  if (upstream !== undefined) console.log(upstreamWelcome(port, upstream, prepared.mirrors));
}

/** `campaigns serve` in a worker, which its primary has started. Resolves when it serves. */
export async function serveWorker(config: Config): Promise<void> {
  const member = joinCluster();
  ignoreStopSignals();
  try {
    await serveMember(config, member);
  } catch (error) {
    member.leave();
    throw listenError(error, config);
  }
}

async function serveMember(config: Config, member: ClusterMember): Promise<void> {
  const log = createLog(config.logLevel, member.number);
  const database = await openSameDatabase(config.database, member.inode);
  try {
    const starting = startServer(withinDescriptors(config), database, log, { member });
    void member.stopRequested.then(() => exitWith(finish(config, starting, database, log)));
    member.ready((await starting).port);
  } catch (error) {
    await database.close();
    throw error;
  }
}
