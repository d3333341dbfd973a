import type { WorkerMessage } from './message.ts';
import { fromPrimary } from './message.ts';

/** The variable by which the primary tells a worker what it is. It is no setting. */
export const IDENTITY = 'CAMPAIGNS_WORKER';

/** What a worker knows of itself from the start. */
export interface MemberIdentity {
  /** From 1 on. The worker that replaces another one has its number. */
  readonly number: number;
  /** The same random text in all workers of a primary. */
  readonly salt: string;
}

/** A worker's connection to its primary. */
export interface ClusterMember extends MemberIdentity {
  /** Resolves when the primary wants this worker to end. */
  readonly stopRequested: Promise<void>;
  /** Tells the primary that this worker serves. */
  ready(port: number): void;
  /** Tells the primary that this worker accepts no more connections. Resolves when no worker does. */
  allClosed(): Promise<void>;
  /** The text for Prometheus with the series of all workers. */
  metricsOfAll(): Promise<string>;
  /** Lets this process end when it has nothing else to do. */
  leave(): void;
}

/** Joins the primary that has started this process. */
export function joinCluster(): ClusterMember {
  const stop = Promise.withResolvers<void>();
  const allClosed = Promise.withResolvers<void>();
  const questions = new Map<number, (text: string | null) => void>();
  let asked = 0;
  const tell = (message: WorkerMessage) => void process.send?.(message);
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
      case 'metrics':
        questions.get(told.question)?.(told.text);
        questions.delete(told.question);
    }
  });
  const identity = JSON.parse(process.env[IDENTITY] ?? '') as MemberIdentity;
  return {
    ...identity,
    stopRequested: stop.promise,
    ready: (port) => tell({ campaigns: 'ready', port }),
    allClosed() {
      tell({ campaigns: 'closed' });
      return allClosed.promise;
    },
    async metricsOfAll() {
      const question = asked++;
      const answer = new Promise<string | null>((resolve) => questions.set(question, resolve));
      tell({ campaigns: 'metrics', question });
      const text = await answer;
      if (text === null) throw new Error('the metrics of the workers could not be read in time');
      return text;
    },
    leave: () => process.channel?.unref(),
  };
}
