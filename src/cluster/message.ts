import { isRecord } from '../encoding/is-record.ts';
import type { Series } from '../observe/metrics.ts';

// The messages between the primary and its workers. Libraries send their messages the same way, so each message of ours has the
// member `campaigns`, which theirs do not have.

/** From a worker to the primary. */
export type WorkerMessage =
  /** The worker serves. */
  | { readonly campaigns: 'ready'; readonly port: number }
  /** The worker is not frozen. */
  | { readonly campaigns: 'alive' }
  /** The worker asks a question that the primary answers after it has passed on the connections that it had accepted. */
  | { readonly campaigns: 'passed-on'; readonly question: number }
  /** The worker accepts no more connections. */
  | { readonly campaigns: 'closed' }
  /** The worker asks for the metrics of all workers. */
  | { readonly campaigns: 'metrics'; readonly question: number }
  /** The worker notes the revision of a workspace, or nothing with 0, and asks for the newest one that a worker has noted. */
  | {
      readonly campaigns: 'revision';
      readonly question: number;
      readonly workspace: number;
      readonly revision: number;
    }
  /** The answer to `measure`. null: the series could not be read. */
  | { readonly campaigns: 'measured'; readonly question: number; readonly series: Series | null };

/** From the primary to a worker. */
export type PrimaryMessage =
  | { readonly campaigns: 'stop' }
  /** The answer to a worker's question: the connections that the primary had accepted before are on their way. */
  | { readonly campaigns: 'passed-on'; readonly question: number }
  /** No worker accepts connections any more. */
  | { readonly campaigns: 'all-closed' }
  /** The primary asks for the worker's own series. */
  | { readonly campaigns: 'measure'; readonly question: number }
  /** The answer to `revision`. 0 means that no worker has noted one recently. */
  | { readonly campaigns: 'revision'; readonly question: number; readonly newest: number }
  /** The answer to a worker's question. */
  | { readonly campaigns: 'metrics'; readonly question: number; readonly text: string };

/** The message that a worker has sent; null when it is a library's. */
export function fromWorker(message: unknown): WorkerMessage | null {
  return isOurs(message) ? (message as WorkerMessage) : null;
}

/** The message that the primary has sent; null when it is a library's. */
export function fromPrimary(message: unknown): PrimaryMessage | null {
  return isOurs(message) ? (message as PrimaryMessage) : null;
}

/** The other end runs the same program, so that the other members need no check. */
function isOurs(message: unknown): message is { campaigns: unknown } {
  return isRecord(message) && 'campaigns' in message;
}
