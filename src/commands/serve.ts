import cluster from 'node:cluster';
import { setFlagsFromString } from 'node:v8';
import type { Config } from '../config.ts';
import { readServerConfig } from '../config.ts';
import { openDatabase } from '../database/open.ts';
import { createLog } from '../observe/log.ts';
import { startServer } from '../server.ts';
import { withinDescriptors } from './descriptor-limit.ts';
import { finish } from './finish.ts';
import { listenError } from './listen-error.ts';
import { prepare } from './prepare.ts';
import { servePrimary, serveWorker } from './serve-workers.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { upstreamWelcome, welcome } from './welcome.ts';

/**
 * By how many percent the heap may grow before V8 runs a full collection. V8's own choice is up to 300 on a machine with much memory.
 * It takes 1.5 times the memory under load. With 30 a request costs about 5 % more CPU (docs/performance.md).
 */
const HEAP_GROWTH = 30;

/**
 * V8's flags for garbage collection. A minor collection runs in one thread: few objects survive it, so that several threads would wait
 * for each other longer than one thread takes to move these objects (docs/performance.md).
 */
const COLLECTION = [`--heap-growing-percent=${HEAP_GROWTH}`, '--no-parallel-scavenge'];

/** `campaigns serve`. Resolves when the server listens. The process then runs until a signal stops it. */
export async function serve({ demo = false, upstream }: { demo?: boolean; upstream?: string }): Promise<void> {
  for (const flag of COLLECTION) setFlagsFromString(flag);
  const config = readServerConfig(process.env, upstream);
  if (config.workers === 1) await serveAlone(config, demo, upstream);
  else if (cluster.isPrimary) await servePrimary(config, demo, upstream);
  else await serveWorker(config);
}

async function serveAlone(config: Config, demo: boolean, upstream: string | undefined): Promise<void> {
  const log = createLog(config.logLevel);
  const database = await openDatabase(config.database);
  try {
    const { token, mirrors } = await prepare(config, database, log, demo);
    const starting = startServer(withinDescriptors(config), database, log);
    // Signals are handled before the server listens, because a signal may arrive as soon as it listens.
    stopOnSignal((signal) => {
      log.info({ signal }, 'finishing open requests');
      return finish(config, starting, database, log);
    });
    const { port } = await starting;
    if (demo) console.log(welcome(port, token));
    if (upstream !== undefined) console.log(upstreamWelcome(port, upstream, mirrors));
  } catch (error) {
    await database.close();
    throw listenError(error, config);
  }
}
