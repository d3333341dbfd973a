import type { Histogram } from 'prom-client';

/** Adds a duration, in seconds, to one series. */
export type Observe = (seconds: number) => void;

/** A value as the registry shows it. */
interface ShownValue {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** For each bucket the number of values that are in no smaller bucket. The last number is for the values above all bounds. */
  readonly counts: Float64Array;
  sum: number;
}

/**
 * A histogram for a registry of prom-client. The histogram of prom-client looks up the series of each value by its labels,
 * which costs a request as much as reading a campaign. Here `series` looks it up once.
 */
export class DurationHistogram<Label extends string> {
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  readonly name: string;
  readonly help: string;
  readonly #bounds: readonly number[];
  readonly #series: Series[] = [];

  /** @param bounds The upper bounds of the buckets, in seconds, in ascending order. */
  constructor(name: string, help: string, bounds: readonly number[]) {
    this.name = name;
    this.help = help;
    this.#bounds = bounds;
  }

  /** Adds a series. To be called once for each set of labels. */
  series(labels: Readonly<Record<Label, string>>): Observe {
    const bounds = this.#bounds;
    const counts = new Float64Array(bounds.length + 1);
    const series: Series = { labels, counts, sum: 0 };
    this.#series.push(series);
    return (seconds) => {
      let bucket = 0;
      while (bucket < bounds.length && seconds > (bounds[bucket] as number)) bucket += 1;
      counts[bucket] = (counts[bucket] as number) + 1;
      series.sum += seconds;
    };
  }

  /**
   * What the registry asks for. Each of Prometheus's buckets counts all values up to its bound
   * (https://prometheus.io/docs/concepts/metric_types/).
   */
  async get(): Promise<{ name: string; help: string; type: string; aggregator: string; values: ShownValue[] }> {
    const { name, help, type, aggregator } = this;
    return { name, help, type, aggregator, values: this.#series.flatMap((series) => this.#shown(series)) };
  }

  #shown({ labels, counts, sum }: Series): ShownValue[] {
    const { name } = this;
    let count = 0;
    const buckets = [...this.#bounds, '+Inf'].map((le, bucket) => {
      count += counts[bucket] as number;
      return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: count };
    });
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: count },
    ];
  }

  /** This histogram as the type of prom-client's own. The cast is safe, because the registry calls only `get`. */
  get metric(): Histogram<Label> {
    return this as unknown as Histogram<Label>;
  }
}
