import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ENGINE, newPlace } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { writeLargeSnapshot } from './support/large-snapshot.ts';

/** The numbers of campaigns to load and dump. `npm run test:move` sets larger ones. */
const SIZES = (process.env.MOVE_CAMPAIGNS ?? '1000,100000').split(',').map(Number);

/**
 * The memory in KiB that any number of campaigns may take beyond the first number. 16 MiB of it are SQLite's own page cache. The
 * rest is memory that the garbage collector has not freed yet.
 */
const MAX_GROWTH = 224 * 1024;

const folder = temporaryFolder();

interface Usage {
  /** The peak memory of the process, in KiB. */
  readonly peak: number;
  /** CPU time in seconds. */
  readonly cpu: number;
  readonly wall: number;
}

/** Runs a command of the program until it ends, and measures it. */
async function measured(args: readonly string[], settings: Record<string, string>): Promise<Usage> {
  const report = join(folder, 'peak.json');
  const started = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', join(import.meta.dirname, 'support/report-peak.ts'), 'src/main.ts', ...args],
    { env: { ...process.env, ...settings, PEAK_FILE: report }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  if (code !== 0) throw new Error(stderr);
  const wall = (performance.now() - started) / 1000;
  return { ...(JSON.parse(readFileSync(report, 'utf8')) as Omit<Usage, 'wall'>), wall };
}

/** Loads and dumps this many campaigns, and checks that the dump equals the loaded snapshot. */
async function move(size: number, settings: Record<string, string>): Promise<{ load: Usage; dump: Usage }> {
  const [given, dumped] = [join(folder, `${size}.json`), join(folder, `${size}.dumped.json`)];
  await writeLargeSnapshot(given, size);
  const load = await measured(['load', given], settings);
  const dump = await measured(['dump', dumped], settings);
  expect(await areEqual(given, dumped)).toBe(true);
  return { load, dump };
}

async function areEqual(one: string, other: string): Promise<boolean> {
  const others = createReadStream(other)[Symbol.asyncIterator]();
  for await (const chunk of createReadStream(one) as AsyncIterable<Buffer>) {
    const { value, done } = (await others.next()) as IteratorResult<Buffer, undefined>;
    if (done || !chunk.equals(value)) return false;
  }
  return (await others.next()).done === true;
}

// Linux only, because the peak memory is read from /proc.
describe.runIf(process.platform === 'linux')('the memory of load and dump', () => {
  it(`does not grow with the campaigns (${ENGINE})`, { timeout: 3_600_000 }, async () => {
    const usages: { load: Usage; dump: Usage }[] = [];
    for (const size of SIZES) {
      const usage = await move(size, (await newPlace()).settings);
      usages.push(usage);
      if (process.env.MOVE_CAMPAIGNS)
        for (const command of ['load', 'dump'] as const) report(command, size, usage[command]);
    }
    for (const command of ['load', 'dump'] as const) {
      const peaks = usages.map((usage) => usage[command].peak);
      expect(Math.max(...peaks) - (peaks[0] ?? 0), `${command}: ${peaks.join(', ')} KiB`).toBeLessThan(MAX_GROWTH);
    }
  });
});

function report(command: string, size: number, { peak, cpu, wall }: Usage): void {
  const memory = `${Math.round(peak / 1024)} MiB`;
  console.log(`${ENGINE} ${command} ${size}: ${memory}, ${cpu.toFixed(1)} s of CPU, ${wall.toFixed(1)} s in all`);
}
