import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LogFile } from '../../src/observe/log-file.ts';
import { mountedDisk } from '../support/disk.ts';

const disk = mountedDisk('size=64k') ?? '';

it.skipIf(disk === '')(
  'a log on a full disk says how many lines were lost, each line on a line of its own (skipped where no disk can be mounted)',
  () => {
    const file = join(disk, 'log');
    const descriptor = openSync(file, 'a');
    const log: LogFile = new LogFile(descriptor, (lines) => log.write(`${JSON.stringify({ lost: lines })}\n`));
    const line = (n: number) => `${JSON.stringify({ n, text: 'x'.repeat(1_000) })}\n`;
    log.write(line(0));
    writeFileSync(join(disk, 'filler'), Buffer.alloc(56 * 1024));
    for (let n = 1; n <= 20; n++) log.write(line(n));
    rmSync(join(disk, 'filler'));
    log.write(line(21));
    log.write(line(22));
    closeSync(descriptor);

    const [lines, broken] = [[] as object[], [] as string[]];
    for (const text of readFileSync(file, 'utf8').trimEnd().split('\n')) {
      try {
        lines.push(JSON.parse(text) as object);
      } catch {
        broken.push(text);
      }
    }
    const written = lines.flatMap((one) => ('n' in one ? [one.n] : []));
    const lost = 23 - written.length;
    expect(lost).toBeGreaterThan(3);
    expect(written.slice(-2)).toEqual([21, 22]);
    expect(lines.filter((one) => 'lost' in one)).toEqual([{ lost }]);
    // The line for which there was room in part.
    expect(broken).toHaveLength(1);
  },
);
