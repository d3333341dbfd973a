import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../src/graphql/errors.ts';
import { temporaryFolder } from './support/folder.ts';
import { inFile, serve } from './support/program.ts';
import { README, REQUESTS, runRequest } from './support/readme.ts';

const ROOT = join(import.meta.dirname, '..');
const rows = [...README.matchAll(/^\| `(\w+)` +\| (.+?) +\|/gm)].map(
  ([, name = '', text = '']) => [name, text] as const,
);

describe('the README', () => {
  it('shows what its commands answer', async () => {
    const server = await serve({ ...inFile(join(temporaryFolder(), 'demo.db')), PORT: '0' }, ['--demo']);
    expect(REQUESTS).toHaveLength(2);
    for (const { command, answer } of REQUESTS) expect(await runRequest(command, server)).toEqual(answer);
  });

  it.each(Object.entries(ERROR_CODES))('says what %s means, and its HTTP status', (code, { meaning, status }) => {
    expect(rows).toContainEqual([code, meaning]);
    expect(README).toMatch(new RegExp(`^\\| \`${code}\` .+ \\| ${status} +\\|$`, 'm'));
  });

  it('names every setting, with its default', () => {
    const config = readFileSync(join(ROOT, 'src/config.ts'), 'utf8');
    const settings = [...config.matchAll(/\bsetting\(\s*'([A-Z_]+)',\s*'([^']*)'/g)];
    expect(settings.length).toBeGreaterThan(6);
    for (const [, name = '', value = ''] of settings) expect(rows).toContainEqual([name, `\`${value}\``]);
  });
});
