import cluster from 'node:cluster';
import type { SharedRevisions } from '../database/replica/revisions.ts';
import type { MeasuredMember, Series } from '../observe/metrics.ts';
import type { WorkerMessage } from './message.ts';
import { fromPrimary } from './message.ts';
import { Questions } from './questions.ts';

/** How long, in ms, a worker waits for the metrics of all workers. The primary waits less long for each worker. */
const METRICS_TIMEOUT = 3_000;

/** How long, in ms, a worker waits for a revision. */
const REVISION_TIMEOUT = 1_000;

/** How long, in ms, a worker that ends waits for the connections that the primary has accepted. */
const PASSED_ON_TIMEOUT = 200;

/** How often, in ms, a worker that serves tells its primary that it is not frozen. */
export const HEARTBEAT = 5_000;

/** The environment variable in which the primary passes a worker its MemberIdentity. It is not a setting for operators. */
export const IDENTITY = 'CAMPAIGNS_WORKER';

/** What a worker knows of itself from the start. */
export interface MemberIdentity {
  /** From 1 on. A worker that replaces another one gets the number of that one. */
  readonly number: number;
  /** The same random text in all workers of a primary. */
  readonly salt: string;
  /** The inode number of the database file that the primary has prepared; undefined for a database server. */
  readonly inode: number | undefined;
}

/** A worker's connection to its primary. */
export interface ClusterMember extends MemberIdentity, MeasuredMember {
  /** Resolves when the primary wants this worker to end. */
  readonly stopRequested: Promise<void>;
  /** The revisions that the workers share. */
  readonly revisions: SharedRevisions;
  /** Tells the primary that this worker serves, and from then on that it is not frozen. */
  ready(port: number): void;
  /** Resolves when the connections that the primary has accepted by now have been passed on, or soon if it does not answer. */
  passedOn(): Promise<void>;
  /** Tells the primary that this worker accepts no more connections. Resolves when no worker does. */
  allClosed(): Promise<void>;
  /** Lets this process end when it has nothing else to do. */
  leave(): void;
}

/** Joins the primary that has started this process. */
export function joinCluster(): ClusterMember {
  const stop = Promise.withResolvers<void>();
  const allClosed = Promise.withResolvers<void>();
  const metricsQuestions = new Questions<string | null>();
  const revisionQuestions = new Questions<number | undefined>();
  const portQuestions = new Questions<void>();
  let readSeries: () => Promise<Series> = async () => [];
  const tell = (message: WorkerMessage) => void process.send?.(message);
  // Node emits this event when a message could not be sent, whoever sent it: this module, the counters or Node itself. That happens when
  // the primary has just been killed. Without a listener it would end the process with a stack trace. Node ends the process itself, as
  // soon as it learns that the primary has gone.
  cluster.worker?.on('error', () => {});
  process.on('message', (message) => {
    const told = fromPrimary(message);
    switch (told?.campaigns) {
      case undefined:
        return;
      case 'stop':
        stop.resolve();
        return;
      case 'all-closed':
        allClosed.resolve();
        return;
      case 'passed-on':
        portQuestions.answered(told.question);
        return;
      case 'metrics':
        metricsQuestions.answered(told.question, told.text);
        return;
      case 'revision':
        revisionQuestions.answered(told.question, told.newest);
        return;
      case 'measure': {
        const answer = (series: Series | null) => tell({ campaigns: 'measured', question: told.question, series });
        readSeries().then(answer, () => answer(null));
      }
    }
  });
  const askRevision = (workspace: number, revision: number) => {
    const ask = (question: number) => tell({ campaigns: 'revision', question, workspace, revision });
    return revisionQuestions.ask(ask, REVISION_TIMEOUT, undefined);
  };
  const identity = JSON.parse(process.env[IDENTITY] ?? '') as MemberIdentity;
  return {
    ...identity,
    stopRequested: stop.promise,
    revisions: {
      raise: async (workspace, revision) => void (await askRevision(workspace, revision)),
      read: (workspace) => askRevision(workspace, 0),
    },
    ready(port) {
      tell({ campaigns: 'ready', port });
      setInterval(() => tell({ campaigns: 'alive' }), HEARTBEAT).unref();
    },
    passedOn: () => portQuestions.ask((question) => tell({ campaigns: 'passed-on', question }), PASSED_ON_TIMEOUT),
    allClosed() {
      tell({ campaigns: 'closed' });
      return allClosed.promise;
    },
    measuredBy(read) {
      readSeries = read;
    },
    async metricsOfAll() {
      const ask = (question: number) => tell({ campaigns: 'metrics', question });
      const text = await metricsQuestions.ask(ask, METRICS_TIMEOUT, null);
      if (text === null) throw new Error('the primary did not answer with the metrics of the workers');
      return text;
    },
    leave: () => process.channel?.unref(),
  };
}
