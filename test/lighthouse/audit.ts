import lighthouse from 'lighthouse';
import { launchChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';

export interface AuditedBrowser {
  /** The port on which Lighthouse controls the browser. */
  readonly debugPort: number;
  close(): Promise<void>;
}

export async function startBrowser(): Promise<AuditedBrowser> {
  const debugPort = await freePort();
  const browser = await launchChromium([`--remote-debugging-port=${debugPort}`]);
  return { debugPort, close: () => browser.close() };
}

export interface Audit {
  /** A score from 0 to 100. */
  readonly performance: number;
  readonly accessibility: number;
  /** The metrics behind the performance score, as text. */
  readonly metrics: string;
  /** The failed audits, with their findings. */
  readonly problems: readonly string[];
}

const METRICS = {
  'first-contentful-paint': 'first paint',
  'largest-contentful-paint': 'largest paint',
  'total-blocking-time': 'blocked',
  'cumulative-layout-shift': 'shift',
  'total-byte-weight': 'weight',
};

/** Audits a page with Lighthouse's defaults: a phone with a slow link and a slow processor. */
export async function audit({ debugPort }: AuditedBrowser, url: string): Promise<Audit> {
  const result = await lighthouse(url, {
    port: debugPort,
    logLevel: 'error',
    onlyCategories: ['performance', 'accessibility'],
  });
  if (!result) throw new Error(`Lighthouse has no result for ${url}.`);
  const { categories, audits, runtimeError } = result.lhr;
  if (runtimeError) throw new Error(`Lighthouse failed: ${runtimeError.message}`);
  const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100);
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    metrics: Object.entries(METRICS)
      .map(([name, words]) => `${words} ${audits[name]?.displayValue ?? '?'}`)
      .join(', '),
    problems: Object.values(audits)
      .filter(({ score }) => score !== null && score < 0.9)
      .map(({ id, displayValue, title }) => `${id}: ${title} ${displayValue ?? ''}`),
  };
}
