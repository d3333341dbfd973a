/** The METRICS_TOKEN of servers whose metrics the functions below read. */
export const METRICS_TOKEN = 'a-token-for-the-metrics-of-tests';

/** The value of a series such as `name{label="value"}` in the server's metrics; undefined when the series is missing. */
export async function readMetric(url: string, series: string): Promise<number | undefined> {
  const line = (await readMetrics(url)).find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

/** The lines of the server's metrics. */
export async function readMetrics(url: string): Promise<string[]> {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  return (await response.text()).split('\n');
}
