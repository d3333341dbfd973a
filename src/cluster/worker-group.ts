import type { Worker } from 'node:cluster';
import cluster from 'node:cluster';
import { keepClusterCounts } from '../access/cluster-counter.ts';
import { newSalt } from '../access/window-counter.ts';
import type { LocalRevisions } from '../database/replica/revisions.ts';
import type { Log } from '../observe/log.ts';
import type { Series } from '../observe/metrics.ts';
import { textOfSeries } from '../observe/metrics.ts';
import { STOP_SIGNALS } from '../stop-signals.ts';
import { asError } from '../thrown.ts';
import type { MemberIdentity } from './member.ts';
import { HEARTBEAT, IDENTITY } from './member.ts';
import type { PrimaryMessage, WorkerMessage } from './message.ts';
import { fromWorker } from './message.ts';
import { Questions } from './questions.ts';
import { closeUndelivered } from './undelivered.ts';

/** A worker that has served for at least this time, in ms, is replaced at once when it ends. */
const STABLE = 30_000;

/** The wait, in ms, before the second replacement in a row. It doubles with each one more, up to a bound. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

/** When so many workers in a row end before they serve, and no other one serves, it makes no sense to start more. */
const MAX_FAILURES = 5;

/** How long, in ms, the primary waits for a signal that has already reached a worker. */
const SIGNAL_DELAY = 200;

/** How long, in ms, a worker has for reading its metrics. One that is slower is left out. */
const MEASURE_TIMEOUT = 1_000;

/**
 * A worker is killed when the primary has looked so often in a row without having heard of it: after 30 s at least, because the last
 * message can have come just before the first look. Looks are counted and not the time: when all processes were stopped for a while, the
 * primary hears of the workers before it has looked so often.
 */
const MAX_SILENCE = 7;

/** A place for a worker, and for those that replace it. */
interface Place {
  readonly number: number;
  worker: Worker | null;
  /** When the worker began to serve, by performance.now(). null: it does not serve yet. */
  readySince: number | null;
  /** How often in a row the primary has looked without having heard of the worker. */
  silence: number;
  /** How many workers in a row have been replaced before they were stable. */
  replaced: number;
  /** Whether the worker accepts no more connections. */
  closed: boolean;
}

/** How a worker has ended. `err` says why its process could not be started. */
interface WorkerEnd {
  readonly code?: number | null;
  readonly signal?: string | null;
  readonly err?: Error;
}

/** The exit code of a worker that has said on standard error why it cannot serve. */
const EXPLAINED = 1;

/** The workers cannot be kept running. Why is on standard error, or in the log. */
export class WorkersFailed extends Error {}

/**
 * The processes that serve one port together. The primary accepts the connections and deals them out in turns, so that a few
 * clients with long connections load all workers. It also counts for them, keeps the revisions that they share, and collects
 * their metrics.
 */
export class WorkerGroup {
  readonly #log: Log;
  readonly #revisions: LocalRevisions | null;
  readonly #inode: number | undefined;
  readonly #places: readonly Place[];
  readonly #salt = newSalt();
  readonly #questions = new Questions<Series | null>();
  readonly #failed = Promise.withResolvers<never>();
  readonly #ended = Promise.withResolvers<void>();
  readonly #firstReady = Promise.withResolvers<number>();
  #hasServed = false;
  #failures = 0;
  #stopping = false;
  #clean = true;

  /**
   * @param revisions Where the workers share revisions. null: they have no replica.
   * @param inode The inode number of the database file, so that no worker opens another one later; undefined for a database server.
   */
  constructor(count: number, log: Log, revisions: LocalRevisions | null, inode: number | undefined) {
    this.#log = log;
    this.#revisions = revisions;
    this.#inode = inode;
    this.#places = Array.from({ length: count }, (_, index) => ({
      number: index + 1,
      worker: null,
      readySince: null,
      silence: 0,
      replaced: 0,
      closed: false,
    }));
    keepClusterCounts();
    // JSON has no NaN, which is the value of a metric that is not known.
    cluster.setupPrimary({ serialization: 'advanced' });
    setInterval(() => this.#killFrozen(), HEARTBEAT).unref();
  }

  /**
   * Starts the first worker, and the others when it serves, so that a problem that keeps all of them from starting is reported
   * once. Resolves with the port when the first worker serves. When it cannot serve, `failure` rejects.
   */
  async start(): Promise<number> {
    const [first, ...others] = this.#places;
    if (first) this.#startWorker(first);
    const port = await this.#firstReady.promise;
    if (!this.#stopping) for (const place of others) this.#startWorker(place);
    return port;
  }

  /** Rejects with WorkersFailed when the workers cannot be kept running; never resolves. */
  get failure(): Promise<never> {
    return this.#failed.promise;
  }

  /**
   * Lets the workers finish what they do and end. Kills those that have not ended after `ms`. Resolves when all have ended,
   * with true when each of them ended with the exit code 0, or before it was ready.
   */
  async stop(ms: number): Promise<boolean> {
    this.#stopping = true;
    this.#tellAll({ campaigns: 'stop' });
    const kill = setTimeout(() => {
      for (const { worker } of this.#places) worker?.process.kill('SIGKILL');
    }, ms);
    this.#noteStopped();
    await this.#ended.promise;
    clearTimeout(kill);
    return this.#clean;
  }

  #startWorker(place: Place): void {
    const identity: MemberIdentity = { number: place.number, salt: this.#salt, inode: this.#inode };
    place.readySince = null;
    place.silence = 0;
    place.closed = false;
    let worker: Worker;
    try {
      worker = cluster.fork({ [IDENTITY]: JSON.stringify(identity) });
    } catch (error) {
      // Node throws some errors of a process that cannot be started, such as ENOMEM, and emits others.
      this.#workerEnded(place, { err: asError(error) });
      return;
    }
    closeUndelivered(worker);
    place.worker = worker;
    worker.on('error', (err) => {
      // A process that cannot be started emits no `exit`. Every other error is of a message to a worker that has just ended.
      if (worker.process.pid === undefined && place.worker === worker) this.#workerEnded(place, { err });
    });
    worker.on('message', (message) => this.#receive(place, worker, fromWorker(message)));
    worker.once('exit', (code, signal) => {
      const end = { code, signal };
      const judge = () => {
        if (place.worker === worker) this.#workerEnded(place, end);
      };
      // A signal to all processes may end the worker before it reaches the primary, which then knows nothing of a stop yet.
      if (!this.#stopping && isStoppedEarly(place, end)) setTimeout(judge, SIGNAL_DELAY);
      else judge();
    });
  }

  /**
   * Kills workers that are frozen, so that they are replaced. The clients of a frozen worker get no answer, and while it holds the lock of
   * the database file, nobody can write.
   */
  #killFrozen(): void {
    for (const place of this.#places) {
      if (!place.worker || place.readySince === null || ++place.silence !== MAX_SILENCE) continue;
      this.#log.error({ worker: place.number }, 'a worker does not answer, and is killed');
      place.worker.process.kill('SIGKILL');
    }
  }

  #receive(place: Place, worker: Worker, message: WorkerMessage | null): void {
    place.silence = 0;
    switch (message?.campaigns) {
      case undefined:
      case 'alive':
        return;
      case 'ready':
        place.readySince = performance.now();
        this.#hasServed = true;
        this.#failures = 0;
        this.#firstReady.resolve(message.port);
        return;
      case 'passed-on':
        tell(worker, message);
        return;
      case 'closed':
        place.closed = true;
        this.#noteStopped();
        return;
      case 'metrics': {
        const { question } = message;
        void this.#metrics().then((text) => tell(worker, { campaigns: 'metrics', question, text }));
        return;
      }
      case 'revision': {
        const { question, workspace, revision } = message;
        if (revision > 0) this.#revisions?.raise(workspace, revision);
        tell(worker, { campaigns: 'revision', question, newest: this.#revisions?.newest(workspace) ?? 0 });
        return;
      }
      case 'measured':
        this.#questions.answered(message.question, message.series);
    }
  }

  /** The metrics of the workers that serve. */
  async #metrics(): Promise<string> {
    const asked = this.#places.flatMap(({ worker, readySince }) => {
      if (!worker || readySince === null) return [];
      const ask = (question: number) => tell(worker, { campaigns: 'measure', question });
      return [this.#questions.ask(ask, MEASURE_TIMEOUT, null)];
    });
    const answers = await Promise.all(asked);
    return textOfSeries(answers.filter((series) => series !== null));
  }

  #workerEnded(place: Place, end: WorkerEnd): void {
    const served = place.readySince === null ? null : performance.now() - place.readySince;
    place.worker = null;
    if (this.#stopping) {
      if (end.code !== 0 && !isStoppedEarly(place, end)) this.#clean = false;
      this.#noteStopped();
      return;
    }
    if (served === null && this.#isHopeless()) {
      // A worker that was killed could not say why.
      if (end.code !== EXPLAINED)
        this.#log.error({ worker: place.number, ...end }, 'a worker has ended before it served');
      this.#failed.reject(new WorkersFailed());
      return;
    }
    place.replaced = served !== null && served >= STABLE ? 0 : place.replaced + 1;
    const wait = place.replaced < 2 ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (place.replaced - 2));
    this.#log.error({ worker: place.number, ...end, wait }, 'a worker has ended, and is replaced');
    setTimeout(() => {
      if (!this.#stopping) this.#startWorker(place);
    }, wait);
  }

  /** Counts a worker that has ended before it served. Returns whether there is no use in starting others. */
  #isHopeless(): boolean {
    if (!this.#hasServed) return true;
    this.#failures++;
    return this.#failures >= MAX_FAILURES && this.#places.every(({ worker, readySince }) => !worker || !readySince);
  }

  /** While stopping: tells the workers when none accepts connections, and `stop` when none is left. */
  #noteStopped(): void {
    if (!this.#stopping) return;
    const running = this.#places.filter(({ worker }) => worker !== null);
    if (running.length === 0) this.#ended.resolve();
    else if (running.every(({ closed }) => closed)) this.#tellAll({ campaigns: 'all-closed' });
  }

  #tellAll(message: PrimaryMessage): void {
    for (const { worker } of this.#places) if (worker) tell(worker, message);
  }
}

/**
 * Whether a signal that all processes have got has ended a worker that was not yet ready for signals. Nothing is lost then, because it
 * did not serve.
 */
function isStoppedEarly({ readySince }: Place, { signal }: WorkerEnd): boolean {
  return readySince === null && STOP_SIGNALS.some((one) => one === signal);
}

function tell(worker: Worker, message: PrimaryMessage): void {
  worker.send(message, () => {});
}
