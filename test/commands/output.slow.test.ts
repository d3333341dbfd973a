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
    const webhook = ['webhook', 'create', 'https://receiver.example', '--name', 'Receiver', '--workspace', 'Nyota'];
    for (const [args, takenBack] of [
      [['token', 'create', ...user], ' The token has been revoked again.'],
      [webhook, ' The webhook has been deleted again.'],
      [['token', 'list'], ''],
      [['check'], ''],
      [['--help'], ''],
    ] as const) {
      const child = spawn(process.execPath, ['src/main.ts', ...args], {
        env: { PATH: process.env.PATH, ...settings },
        stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      });
      const [stderr, [code]] = await Promise.all([child.stderr ? text(child.stderr) : '', once(child, 'close')]);
      expect({ args, code, last: stderr.trimEnd().split('\n').at(-1) }).toEqual({
        args,
        code: 1,
        last: `campaigns: "standard output" cannot be written: the disk is full.${takenBack}`,
      });
      expect(stderr).not.toContain('    at ');
    }
    expect((await campaigns(['token', 'list'], settings)).stdout).toMatch(/^1 .+ revoked$/m);
    expect((await campaigns(['webhook', 'list', '--workspace', 'Nyota'], settings)).stderr).toContain(
      'has no webhooks',
    );
  },
);
