import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { listenError } from '../../src/commands/listen-error.ts';
import { readConfig } from '../../src/config.ts';
import { temporaryFolder } from '../support/folder.ts';

it('does not blame the port for a permission that has to do with a file', () => {
  // A folder cannot be run as a program.
  const { error } = spawnSync(temporaryFolder());
  expect(error).toMatchObject({ code: 'EACCES' });
  expect(listenError(error, readConfig({}))).toBe(error);
});
