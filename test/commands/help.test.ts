import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command.ts';

describe('help', () => {
  it.each([
    [['--help'], ['--version', 'serve', 'migrate', 'load', 'dump', 'backup', 'check', 'workspace', 'token', 'webhook']],
    [
      ['serve', '--help'],
      ['--demo', 'brings the database up to date and serves'],
    ],
    [['migrate', '--help'], ['says what it did']],
    [
      ['load', '--help'],
      ['<file>', 'standard input', 'all of it, or nothing'],
    ],
    [
      ['dump', '--help'],
      ['<file>', 'standard output'],
    ],
    [
      ['backup', '--help'],
      ['<file>', 'must not exist', 'while a server uses it'],
    ],
    [
      ['check', '--help'],
      ['[file]', 'DATABASE_URL', 'sound'],
    ],
    [
      ['workspace', 'create', '--help'],
      ['<name>', 'UUID'],
    ],
    [
      ['workspace', 'list', '--help'],
      ['UUIDs', '--workspace'],
    ],
    [
      ['webhook', '--help'],
      ['create', 'list', 'update', 'delete', 'rotate', 'replay'],
    ],
    [
      ['token', '--help'],
      ['create', 'list', 'revoke'],
    ],
    [
      ['token', 'create', '--help'],
      ['--workspace', '--email', '--role', '--name', '--expires', '90d', 'administrator', 'viewer'],
    ],
    [
      ['token', 'revoke', '--help'],
      ['[token]', 'number', 'standard input', '--name', '--workspace'],
    ],
    [['help'], ['--version', 'serve', 'token']],
    [
      ['help', 'token'],
      ['create', 'list', 'revoke'],
    ],
    [
      ['help', 'token', 'create'],
      ['--workspace', '--email', '--role'],
    ],
  ])('of %j says what there is', async (args, words) => {
    const { code, stdout, stderr } = await runCommand(args);
    expect([code, stderr]).toEqual([0, '']);
    for (const word of words) expect(stdout).toContain(word);
  });
});

it('--version says which version this is', async () => {
  const { stdout } = await runCommand(['--version']);
  expect(stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
});

describe('what is wrong with the arguments', () => {
  it.each([
    [[], 'Usage: campaigns'],
    [['srve'], "unknown command 'srve'"],
    [['srve'], 'Did you mean serve?'],
    [['help', 'srve'], "unknown command 'srve'"],
    [['help', 'token', 'creat'], "unknown command 'creat'"],
    [['serve', '--port', '80'], "unknown option '--port'"],
    [['load'], "missing required argument 'file'"],
    [['backup'], "missing required argument 'file'"],
    [['token', 'create'], "required option '--workspace <name or uuid>' not specified"],
    [
      ['token', 'create', '--workspace', 'W', '--email', 'a@b.example', '--role', 'owner'],
      "argument 'owner' is invalid. Allowed choices are administrator, editor, viewer, agent.",
    ],
  ])('is said of %j', async (args, message) => {
    const { code, stdout, stderr } = await runCommand(args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it.each([
    [['srve'], 'campaigns --help shows the commands'],
    [['token', 'list', '--all'], 'campaigns token list --help shows what it takes'],
    [['token', 'create'], 'campaigns token create --help shows what it takes'],
    [['workspace', 'rename'], 'campaigns workspace --help shows the commands'],
  ])('is said of %j with the command whose help to read', async (args, hint) => {
    const { stderr } = await runCommand(args);
    expect(stderr).toContain(`(${hint})`);
  });
});
