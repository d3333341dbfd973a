/** The setting METRICS_TOKEN of a server whose metrics are read below. */
export const METRICS_TOKEN = 'a-token-for-the-metrics-of-tests';

/** The value of a series of the server's metrics, such as `name{label="value"}`; undefined when there is none. */
export async function readMetric(url: string, series: string): Promise<number | undefined> {
  const line = (await readMetrics(url)).find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

/** The lines of the server's metrics. */
export async function readMetrics(url: string): Promise<string[]> {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  return (await response.text()).split('\n');
}
