import { AggregatorRegistry, collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { DatabaseWork } from '../database/database.ts';
import type { Observed } from '../http/observed.ts';
import type { Observe } from './duration-histogram.ts';
import { DurationHistogram } from './duration-histogram.ts';
import { operationLabels } from './operation-names.ts';

/** The measurements, named by Prometheus's rules (https://prometheus.io/docs/practices/naming/). */
export interface Metrics {
  /** Records an answered request. */
  answered(request: AnsweredRequest): void;
  /** Records the time of a piece of the database's work, in seconds. */
  databaseWorked(work: DatabaseWork, seconds: number): void;
  /** Records a delivery to a webhook. */
  webhookSent(result: 'delivered' | 'failed'): void;
  /**
   * Adds a value that is read whenever Prometheus asks. It costs nothing in between. It is NaN when it cannot be read, or when
   * reading takes longer than READ_TIMEOUT. The other values are then still shown; they are needed most in an outage of the
   * database.
   * @param name Begins with `campaigns_`; ends with the unit, if it has one.
   */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** The text that Prometheus reads. */
  text(): Promise<string>;
  readonly contentType: string;
}

export interface AnsweredRequest {
  /** It has few values, because each value adds series to Prometheus. */
  readonly surface: Surface;
  readonly method: string;
  readonly status: number;
  readonly seconds: number;
  readonly observed: Observed;
}

export type Surface = 'graphql' | 'rest' | 'pages' | 'health';

/** One of several processes that are measured together. */
export interface MeasuredMember {
  readonly number: number;
  /** The text for Prometheus with the series of all processes. */
  metricsOfAll(): Promise<string>;
  /** Sets the function that reads the series of this process. */
  measuredBy(read: () => Promise<Series>): void;
}

/** The series of one process, as plain data. */
export type Series = readonly object[];

/** The names that are known in advance. Each has a series of its own. The series of the codes exist from the start. */
export interface KnownNames {
  /** The names of the server's own operations. */
  readonly operations: Iterable<string>;
  /** The codes of errors. */
  readonly codes: readonly string[];
}

/** How long, in ms, reading a value may take. With several processes, the primary waits longer than this for all values of one of them. */
const READ_TIMEOUT = 800;

/** @param member This process as one of several that are measured together. null means that it is measured alone. */
export function createMetrics(known: KnownNames, member: MeasuredMember | null = null): Metrics {
  const registry = new Registry();
  if (member) {
    // Each process has series of its own. A sum over the processes would fall when one of them is replaced, and Prometheus
    // treats a counter that falls as one that began anew.
    registry.setDefaultLabels({ worker: String(member.number) });
    member.measuredBy(() => registry.getMetricsAsJSON());
  }
  // The process: CPU time, memory, garbage collection, descriptors, and how late the event loop is (nodejs_eventloop_lag).
  collectDefaultMetrics({ register: registry });
  const recordDuration = requestDurations(registry, known.operations);
  const countError = errorCounter(registry, known.codes);
  const work = databaseDurations(registry);
  const deliveries = deliveryCounter(registry);
  return {
    answered(request) {
      recordDuration(request);
      for (const code of request.observed.codes) countError(code);
    },
    databaseWorked: (kind, seconds) => work[kind](seconds),
    webhookSent: (result) => deliveries.inc({ result }),
    gauge(name, help, read) {
      registry.registerMetric(
        new Gauge({
          name,
          help,
          registers: [],
          async collect() {
            this.set(await valueInTime(read));
          },
        }),
      );
    },
    text: () => (member ? member.metricsOfAll() : registry.metrics()),
    contentType: registry.contentType,
  };
}

/** Records how long requests take: those of each surface, and those of each operation that they run. */
function requestDurations(registry: Registry, operationNames: Iterable<string>): (request: AnsweredRequest) => void {
  const requests = new DurationHistogram<'surface' | 'method' | 'status'>(
    'campaigns_http_request_duration_seconds',
    'How long requests took to answer, in seconds.',
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  );
  const operations = new DurationHistogram<'operation'>(
    'campaigns_operation_duration_seconds',
    'How long requests took that ran a GraphQL operation, those of REST included, in seconds.',
    // Few, because there is a set of them for each operation.
    [0.0025, 0.01, 0.05, 0.25, 1, 5],
  );
  for (const { metric } of [requests, operations]) registry.registerMetric(metric);
  const requestSeries = series((surface: Surface, method: string, status: number) =>
    requests.series({ surface, method, status: String(status) }),
  );
  const operationSeries = series((operation: string) => operations.series({ operation }));
  const labelOf = operationLabels(operationNames);
  return ({ surface, method, status, seconds, observed: { operation } }) => {
    requestSeries(surface, method, status)(seconds);
    if (operation !== undefined) operationSeries(labelOf(operation))(seconds);
  };
}

/** Counts errors by their codes. Unknown codes are counted together. */
function errorCounter(registry: Registry, knownCodes: readonly string[]): (code: string) => void {
  const errors = new Counter({
    name: 'campaigns_errors_total',
    help: 'Errors in answers, by their code. Refusals by a limit are among them.',
    labelNames: ['code'] as const,
    registers: [registry],
  });
  for (const code of knownCodes) errors.inc({ code }, 0);
  const codes = new Set(knownCodes);
  return (code) => errors.inc({ code: codes.has(code) ? code : 'other' });
}

function databaseDurations(registry: Registry): Record<DatabaseWork, Observe> {
  const database = new DurationHistogram<'work'>(
    'campaigns_database_duration_seconds',
    'How long the database took, in seconds. read: a statement; replica-read: one on the replica; write: a write with its waiting; commit: the sync.',
    [0.0001, 0.001, 0.01, 0.1, 1, 10],
  );
  registry.registerMetric(database.metric);
  return {
    read: database.series({ work: 'read' }),
    'replica-read': database.series({ work: 'replica-read' }),
    write: database.series({ work: 'write' }),
    commit: database.series({ work: 'commit' }),
  };
}

function deliveryCounter(registry: Registry): Counter<'result'> {
  const deliveries = new Counter({
    name: 'campaigns_webhook_deliveries_total',
    help: 'Deliveries of changes to webhooks, by whether the receiver has taken them.',
    labelNames: ['result'] as const,
    registers: [registry],
  });
  for (const result of ['delivered', 'failed']) deliveries.inc({ result }, 0);
  return deliveries;
}

/**
 * Returns a function that gives the result of one `read` to several gauges, so that Prometheus is told of one state. While a
 * read is under way no other one begins, because each would take another connection of the database.
 */
export function sharedRead<Result>(read: () => Promise<Result>): () => Promise<Result> {
  let underWay: Promise<Result> | null = null;
  return () =>
    (underWay ??= read().finally(() => {
      underWay = null;
    }));
}

/** The value; NaN when it cannot be read, or not in time. An outage of the database is logged once, elsewhere. */
async function valueInTime(read: () => number | Promise<number>): Promise<number> {
  const late = Promise.withResolvers<number>();
  const timer = setTimeout(() => late.resolve(Number.NaN), READ_TIMEOUT);
  try {
    return await Promise.race([read(), late.promise]);
  } catch {
    return Number.NaN;
  } finally {
    clearTimeout(timer);
  }
}

/** The text for Prometheus with the series of several processes, each of which has a label of its own. */
export function textOfSeries(all: readonly Series[]): Promise<string> {
  return AggregatorRegistry.aggregate([...all]).metrics();
}

/** Keeps series by their labels. Each is added when it is first needed. */
function series<Labels extends readonly (string | number)[]>(
  add: (...labels: Labels) => Observe,
): (...labels: Labels) => Observe {
  const kept = new Map<string, Observe>();
  return (...labels) => {
    const key = labels.join(' ');
    let found = kept.get(key);
    if (!found) kept.set(key, (found = add(...labels)));
    return found;
  };
}
