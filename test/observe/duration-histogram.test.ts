import { Histogram, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { DurationHistogram } from '../../src/observe/duration-histogram.ts';

const BOUNDS = [0.001, 0.01, 0.1, 1];
const HELP = 'How long it took, in seconds.';
const SERIES = [
  { surface: 'graphql', status: '200' },
  { surface: 'rest', status: '404' },
] as const;
/** In seconds: on each bound, next to bounds, and above all bounds. */
const VALUES = [0, 0.0005, 0.001, 0.0011, 0.01, 0.05, 0.1, 0.1000001, 1, 1.5, 60];

function registries(): { own: Registry; reference: Registry } {
  const own = new Registry();
  const reference = new Registry();
  const histogram = new DurationHistogram<'surface' | 'status'>('test_seconds', HELP, BOUNDS);
  own.registerMetric(histogram.metric);
  const known = new Histogram({
    name: 'test_seconds',
    help: HELP,
    labelNames: ['surface', 'status'],
    buckets: BOUNDS,
    registers: [reference],
  });
  for (const [place, labels] of SERIES.entries()) {
    const observe = histogram.series(labels);
    for (const value of VALUES.slice(place)) {
      observe(value);
      known.observe(labels, value);
    }
  }
  return { own, reference };
}

it("says what prom-client's own histogram says", async () => {
  const { own, reference } = registries();
  expect(await own.metrics()).toBe(await reference.metrics());
  expect(await own.metrics()).toContain('test_seconds_bucket{le="0.001",surface="graphql",status="200"} 3');
});

it('gets the labels of its registry, as the processes of a cluster have them', async () => {
  const { own, reference } = registries();
  for (const registry of [own, reference]) registry.setDefaultLabels({ worker: '2' });
  expect(await shownBy(own)).toEqual(await shownBy(reference));
});

/** The JSON of a registry, as the primary of a cluster receives it from its workers. */
async function shownBy(registry: Registry): Promise<unknown> {
  return (await registry.getMetricsAsJSON()).map(({ name, help, type, aggregator, values }) => ({
    ...{ name, help, type, aggregator },
    values: values.map((shown) => ({ metricName: undefined, ...shown, exemplar: undefined })),
  }));
}
