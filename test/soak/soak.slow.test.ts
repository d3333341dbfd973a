import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';
import { growth, soak } from './soak.ts';

it(
  'uses no more memory, descriptors and log after a while of mixed load than before',
  { timeout: 90_000 },
  async () => {
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    const report = await soak({
      folder: temporaryFolder(),
      campaigns: 1_500,
      capacity: 2,
      warmUp: 6,
      duration: 12,
      say,
    });
    // If this fails, the messages are shown.
    expect({ said, problems: report.problems }).toEqual({ said, problems: [] });
    expect(report.answered).toBeGreaterThan(1_000);
  },
);

it.each([
  { heap: 60e6, external: 10e6, rss: 200e6, descriptors: 30, wal: 4e6, grown: ['heap'] },
  { heap: 41e6, external: 30e6, rss: 200e6, descriptors: 30, wal: 4e6, grown: ['external'] },
  { heap: 41e6, external: 10e6, rss: 300e6, descriptors: 30, wal: 4e6, grown: ['rss'] },
  { heap: 41e6, external: 10e6, rss: 200e6, descriptors: 35, wal: 40e6, grown: ['descriptors', 'wal'] },
  { heap: 41e6, external: 10e6, rss: 210e6, descriptors: 31, wal: 5e6, grown: [] },
])('calls growth of $grown not flat', ({ grown, ...end }) => {
  const start = { heap: 40e6, external: 10e6, rss: 200e6, descriptors: 30, wal: 4e6 };
  expect(growth(start, end).map((line) => line.split(' ')[0])).toEqual(grown);
});
