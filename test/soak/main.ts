// `npm run soak`, or `npm run soak -- MINUTES`: a mixed load, for 20 minutes by default. Exits with 1 if a resource is not flat.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { soak } from './soak.ts';

const minutes = Number(process.argv[2] ?? 20);
if (!(minutes > 0)) {
  console.error(`"${process.argv[2]}" is not a number of minutes.`);
  process.exit(1);
}
const CAMPAIGNS = 1_500;
const folder = mkdtempSync(join(tmpdir(), 'campaigns-soak-'));
try {
  const say = (line: string) => console.log(line);
  const warmUp = Math.min(120, minutes * 6);
  const { answered, problems } = await soak({
    folder,
    campaigns: CAMPAIGNS,
    capacity: 5,
    warmUp,
    duration: minutes * 60 - warmUp,
    say,
  });
  for (const problem of problems) console.error(problem);
  console.log(problems.length ? `${problems.length} problems.` : `Flat after ${answered} answers.`);
  process.exitCode = problems.length ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
