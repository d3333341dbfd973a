import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command.ts';
import { temporaryFolder } from '../support/folder.ts';
import { inFile } from '../support/program.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
await world.close();
const webhook = (...args: string[]) =>
  runCommand(['webhook', ...args, '--workspace', 'Mto Farming'], inFile(world.file));

const made = await webhook('create', 'https://receiver.example/changes', '--name', 'Receiver');
const [uuid = ''] = /[\da-f-]{36}/.exec(made.stderr) ?? [];

describe('campaigns webhook', () => {
  it('creates a webhook, and prints nothing but its secret to standard output', () => {
    expect(made.code).toBe(0);
    expect(made.stdout).toMatch(/^whsec_\S{44}\n$/);
    expect(made.stderr).toContain('Created the webhook "Receiver"');
  });

  it('lists webhooks without their secrets', async () => {
    const { code, stdout } = await webhook('list');
    expect([code, stdout]).toEqual([0, expect.stringContaining('https://receiver.example/changes')]);
    expect(stdout).toMatch(/^webhook +name +state +at revision +last delivery +failing since +last error +address *\n/);
    expect(stdout).toContain(uuid);
    expect(stdout).not.toContain('whsec_');
  });

  it('is not in a dump', async () => {
    const dump = join(temporaryFolder(), 'dump.json');
    expect((await runCommand(['dump', dump], inFile(world.file))).code).toBe(0);
    expect(readFileSync(dump, 'utf8')).toContain('Mto Farming');
    expect(readFileSync(dump, 'utf8')).not.toMatch(/whsec_|receiver\.example/);
  });

  it('stops, renames and starts a webhook', async () => {
    expect((await webhook('update', uuid, '--no-enabled', '--name', 'Other')).stderr).toBe(
      'The webhook "Other" is disabled.\n',
    );
    expect((await webhook('update', uuid, '--name', 'Receiver')).stderr).toBe('The webhook "Receiver" is disabled.\n');
    expect((await webhook('update', uuid, '--enabled')).stderr).toBe('The webhook "Receiver" is active.\n');
  });

  it('gives a webhook a new secret', async () => {
    const { stdout } = await webhook('rotate', uuid);
    expect(stdout).toMatch(/^whsec_\S{44}\n$/);
    expect(stdout).not.toBe(made.stdout);
  });

  it('sends changes again', async () => {
    expect((await webhook('replay', uuid, '--after', '0')).stderr).toBe(
      'The webhook "Receiver" goes on after revision 0.\n',
    );
    const { code, stderr } = await webhook('replay', uuid, '--after', '5');
    expect([code, stderr]).toEqual([1, 'campaigns: --after is 5; the changes that are kept allow 0 to 0.\n']);
  });

  it.each([
    [['create', 'http://receiver.example', '--name', 'Plain'], 'only https:// is allowed'],
    [['create', 'https://receiver.example', '--name', 'receiver'], 'Choose another name'],
    [['delete', '089de107-5553-4c07-ab00-092b7869dae1'], 'There is no webhook'],
    [['delete', 'Receiver'], 'It is not a UUID'],
    [['replay', uuid, '--after', 'x'], 'a whole number'],
  ])('says what is wrong: %j', async (args, why) => {
    const { code, stderr } = await webhook(...args);
    expect([code, stderr]).toEqual([1, expect.stringContaining(why)]);
  });

  it('deletes a webhook', async () => {
    expect((await webhook('delete', uuid)).stderr).toBe('Deleted the webhook "Receiver".\n');
    expect((await webhook('list')).stderr).toContain('The workspace has no webhooks');
  });
});
