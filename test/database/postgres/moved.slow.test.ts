import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../support/command.ts';
import { newPostgresPlace } from '../../support/engine.ts';
import { FIXTURE } from '../../support/fixture.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { inFile, serve } from '../../support/program.ts';
import { readCases } from '../../contract/case.ts';
import { describeCases } from '../../contract/describe-cases.ts';

const folder = temporaryFolder();
const dumpIn = (name: string) => join(folder, `${name}.json`);

async function run(settings: Record<string, string>, ...args: string[]): Promise<void> {
  const { code, stderr } = await runCommand(args, settings);
  expect([code, stderr]).toEqual([0, expect.not.stringContaining('campaigns:')]);
}

/**
 * Dumps a SQLite database with the contract fixture, and loads the dump into PostgreSQL. Returns the settings of both databases.
 */
async function move(file: string) {
  const [from, { settings: to }] = [inFile(join(folder, file)), await newPostgresPlace()];
  await run(from, 'load', FIXTURE);
  await run(from, 'dump', dumpIn(file));
  await run(to, 'load', dumpIn(file));
  return { from, to };
}

describe('data that has moved from SQLite to PostgreSQL', () => {
  it('gives the same dump there, and when it has moved back', async () => {
    const { to } = await move('first');
    await run(to, 'dump', dumpIn('moved'));
    const back = inFile(join(folder, 'back'));
    await run(back, 'load', dumpIn('moved'));
    await run(back, 'dump', dumpIn('back'));
    const text = readFileSync(dumpIn('first'), 'utf8');
    expect(readFileSync(dumpIn('moved'), 'utf8')).toBe(text);
    expect(readFileSync(dumpIn('back'), 'utf8')).toBe(text);
  });

  const isQuick = ({ slow = false }) => !slow;
  describeCases('the recorded cases', readCases(), isQuick, async () => (await serve((await move('second')).to)).url);
});
