import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../src/graphql/errors.ts';
import { temporaryFolder } from './support/folder.ts';
import { inFile, serve } from './support/program.ts';

const ROOT = join(import.meta.dirname, '..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/```sh\n(curl [^`]+)```\n+```json\n([^`]+)```/g)];
const rows = [...readme.matchAll(/^\| `(\w+)` +\| (.+?) +\|/gm)].map(
  ([, name = '', text = '']) => [name, text] as const,
);

describe('the README', () => {
  it('shows the true replies to its requests', async () => {
    const { url, stdout } = await serve({ ...inFile(join(temporaryFolder(), 'demo.db')), PORT: '0' }, ['--demo']);
    const token = /Token +(\w+)/.exec(stdout())?.[1] ?? '';
    expect(blocks).toHaveLength(2);
    for (const [, command = '', answer = ''] of blocks) {
      const script = command.replaceAll('http://localhost:4000', url).replace('curl ', 'curl -s ');
      const ran = await promisify(execFile)('bash', ['-c', script], { env: { ...process.env, TOKEN: token } });
      // Each demo has new UUIDs.
      const fixed = ran.stdout.replace(/"uuid":"[^"]+"/g, '"uuid":"…"');
      expect(JSON.parse(fixed)).toEqual(JSON.parse(answer));
    }
  });

  it.each(Object.entries(ERROR_CODES))('says what %s means', (code, { meaning }) => {
    expect(rows).toContainEqual([code, meaning]);
  });

  it('names every setting', () => {
    const config = readFileSync(join(ROOT, 'src/config.ts'), 'utf8');
    const settings = [...config.matchAll(/\bsetting\(\s*'([A-Z_]+)',\s*'([^']*)'/g)];
    expect(settings.length).toBeGreaterThan(6);
    for (const [, name = '', standard = ''] of settings) expect(rows).toContainEqual([name, `\`${standard}\``]);
  });
});
