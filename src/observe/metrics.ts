import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** The measurements, named by Prometheus's rules (https://prometheus.io/docs/practices/naming/). */
export interface Metrics {
  /** Records an answered request. `surface` has few values, because each value adds series to Prometheus. */
  answered(surface: Surface, method: string, status: number, seconds: number): void;
  /** The text that Prometheus reads. */
  text(): Promise<string>;
  readonly contentType: string;
}

export type Surface = 'graphql' | 'rest' | 'pages' | 'health';

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'campaigns_http_request_duration_seconds',
    help: 'How long requests took to answer, in seconds.',
    labelNames: ['surface', 'method', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  // Series are cached by name, because finding one by its labels takes longer than recording a value in it.
  const series = new Map<string, Histogram.Internal<string>>();
  return {
    answered(surface, method, status, seconds) {
      const name = `${surface} ${method} ${status}`;
      let one = series.get(name);
      if (!one) series.set(name, (one = duration.labels(surface, method, String(status))));
      one.observe(seconds);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
