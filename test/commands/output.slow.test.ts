import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';
import { campaigns, inFile } from '../support/program.ts';

const settings = inFile(join(temporaryFolder(), 'campaigns.db'));

// Linux has this file. Like a full disk, it accepts no data.
it.skipIf(!existsSync('/dev/full'))(
  'what cannot be shown ends in one line and exit code 1, and no key is lost without a word',
  async () => {
    expect(await campaigns(['workspace', 'create', 'Nyota'], settings)).toMatchObject({ code: 0 });
    const user = ['--workspace', 'Nyota', '--email', 'a@nyota.example', '--role', 'viewer'];
    for (const args of [['token', 'create', ...user], ['token', 'list'], ['check'], ['--help']]) {
      const child = spawn(process.execPath, ['src/main.ts', ...args], {
        env: { PATH: process.env.PATH, ...settings },
        stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      });
      const [stderr, [code]] = await Promise.all([child.stderr ? text(child.stderr) : '', once(child, 'close')]);
      expect({ args, code, last: stderr.trimEnd().split('\n').at(-1) }).toEqual({
        args,
        code: 1,
        last: 'campaigns: "standard output" cannot be written: the disk is full.',
      });
      expect(stderr).not.toContain('    at ');
    }
  },
);
