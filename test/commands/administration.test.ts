import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openMirror } from '../../src/model/open-mirror.ts';
import { withMember } from '../support/changed-fixture.ts';
import { Client } from '../support/client.ts';
import { runCommand } from '../support/command.ts';
import { fixture, found } from '../support/fixture.ts';
import { newPlace, openAt } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { openWorld } from '../support/world.ts';

/** The commands of a new, empty database. */
async function newDatabase() {
  return commandsOf((await newPlace('tables')).settings);
}

function commandsOf(settings: Record<string, string>) {
  const run = (...args: string[]) => runCommand(args, settings);
  return {
    run,
    /** Creates a token and returns its key. */
    async createToken(workspace: string, email: string, role: string, name = 'for a test'): Promise<string> {
      const made = await run(...tokenArguments(workspace, email, role, name));
      expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[A-Z2-9]{40}\n$/) });
      return made.stdout.trim();
    },
    /** The program's message when it refuses to create a token. */
    async refusedToken(workspace: string, email: string, role: string, name = 'for a test'): Promise<string> {
      const { code, stdout, stderr } = await run(...tokenArguments(workspace, email, role, name));
      expect([code, stdout]).toEqual([1, '']);
      return stderr;
    },
  };
}

const tokenArguments = (workspace: string, email: string, role: string, name: string) =>
  ['token', 'create', '--workspace', workspace, '--email', email, '--role', role, '--name', name] as const;

describe('workspace create', () => {
  it('prints the UUID of the new workspace, alone, for scripts', async () => {
    const { run } = await newDatabase();
    const { code, stdout, stderr } = await run('workspace', 'create', ' Nyota ');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^[\da-f-]{36}\n$/)]);
    expect(stderr).toBe('Created the workspace "Nyota". Its UUID:\n');
  });

  it('takes names in every script, with any quotes, of up to 128 characters', async () => {
    const { run } = await newDatabase();
    // These words need the joiners between their letters.
    for (const name of [
      'Zahanati ya Nyota (Mto–Ziwa)',
      'می\u200cخواهم',
      '👩\u200d⚕️',
      '𝒳'.repeat(128),
      'Nyota "Health" \\ Sons',
    ]) {
      expect(await run('workspace', 'create', name)).toMatchObject({ code: 0 });
    }
  });

  it.each([
    ['Nyota', /^campaigns: There is a workspace named "Nyota" already \([\da-f-]{36}\)\.\n$/],
    [' Nyota ', /^campaigns: There is a workspace named "Nyota" already/],
    [' ', /^campaigns: A name is needed: 1 to 128 characters that are not all white space\.\n$/],
    ['', /^campaigns: A name is needed: 1 to 128 characters that are not all white space\.\n$/],
    ['x'.repeat(300), /^campaigns: The name has 300 characters; it can have at most 128\.\n$/],
    [
      'Nyota\nHealth',
      /^campaigns: The name contains the character U\+000A; the name of a workspace is one line [^\n]+\.\n$/,
    ],
    ['Nyota\u2028Health', /^campaigns: The name contains the character U\+2028; [^\n]+\.\n$/],
    ['Nyota\u001b[2JHealth', /^campaigns: The name contains the character U\+001B; [^\n]+\.\n$/],
    [`${'x'.repeat(300)}\t"`, /^campaigns: The name has 302 characters; [^\n]+ the character U\+0009; [^\n]+\.\n$/],
  ])('refuses the name %j', async (name, message) => {
    const { run } = await newDatabase();
    await run('workspace', 'create', 'Nyota');
    const { code, stdout, stderr } = await run('workspace', 'create', name);
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(message)]);
  });

  it('takes a second workspace of another name, each with groups and tokens of its own', async () => {
    const { run, createToken } = await newDatabase();
    const first = (await run('workspace', 'create', 'Nyota')).stdout.trim();
    const second = (await run('workspace', 'create', 'Mto')).stdout.trim();
    expect(second).not.toBe(first);
    await createToken('Nyota', 'a@nyota.example', 'editor');
    await createToken('Mto', 'a@nyota.example', 'viewer');
    const { stdout } = await run('token', 'list');
    expect(stdout).toMatch(/^1 +Nyota +a@nyota\.example +editor /m);
    expect(stdout).toMatch(/^2 +Mto +a@nyota\.example +viewer /m);
  });
});

describe('workspace list', () => {
  it('shows all workspaces, oldest first, with what --workspace takes', async () => {
    const { run } = await newDatabase();
    const [first, second] = [await run('workspace', 'create', 'Nyota'), await run('workspace', 'create', 'Mto')];
    const { code, stdout, stderr } = await run('workspace', 'list');
    expect([code, stderr]).toEqual([0, '']);
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^workspace +name +mirror of$/);
    expect(rows).toEqual([`${first.stdout.trim()}  Nyota`, `${second.stdout.trim()}  Mto`]);
    for (const row of rows) {
      const [uuid = ''] = row.split(' ');
      expect(await run(...tokenArguments(uuid, 'a@nyota.example', 'viewer', 'for a test'))).toMatchObject({ code: 0 });
    }
  });

  it('shows of which accounts workspaces are mirrors', async () => {
    const place = await newPlace('tables');
    const account = { uuid: '0b0b5a5e-8c52-4f62-a6c1-6b1fbd1d2f6a', name: 'Mto\u001b[2J' };
    const database = openAt(place.address);
    await openMirror(database, 'https://textit.com', account);
    await database.close();
    const { stdout } = await commandsOf(place.settings).run('workspace', 'list');
    expect(stdout).toContain(`\n${account.uuid}  Mto\\u001b[2J  https://textit.com\n`);
  });

  it('says how to create one where there is none', async () => {
    const { run } = await newDatabase();
    expect(await run('workspace', 'list')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'There are no workspaces. Create one: campaigns workspace create NAME\n',
    });
  });
});

describe('a name that several workspaces have, as accounts may', () => {
  it('is refused with their UUIDs, which are taken', async () => {
    const file = join(temporaryFolder(), 'twins.json');
    const [one, other] = fixture.workspaces;
    writeFileSync(file, withMember('workspaces', 1, 'name', one?.name));
    const { settings } = await newPlace();
    expect(await runCommand(['load', file], settings)).toMatchObject({ code: 0 });
    const { createToken, refusedToken } = commandsOf(settings);
    expect(await refusedToken(one?.name ?? '', 'a@nyota.example', 'administrator')).toBe(
      `campaigns: 2 workspaces are named "${one?.name}". Give the UUID of one: ${one?.uuid}, ${other?.uuid}.\n`,
    );
    await createToken(other?.uuid ?? '', 'a@nyota.example', 'administrator');
  });
});

describe('a workspace of a snapshot with a name that "workspace create" refuses', () => {
  it('is loaded, named to commands, and loaded again from a dump', async () => {
    const name = `Nyota\nHealth\u001b "${'x'.repeat(300)}"`;
    const folder = temporaryFolder();
    const [file, dumped] = [join(folder, 'old.json'), join(folder, 'dumped.json')];
    writeFileSync(file, withMember('workspaces', 0, 'name', name));
    const [first, second] = [await newPlace(), await newPlace()];
    expect(await runCommand(['load', file], first.settings)).toMatchObject({ code: 0 });
    await commandsOf(first.settings).createToken(name, 'a@nyota.example', 'editor');
    expect(await runCommand(['dump', dumped], first.settings)).toMatchObject({ code: 0 });
    expect(await runCommand(['load', dumped], second.settings)).toMatchObject({ code: 0 });
    await commandsOf(second.settings).createToken(name, 'b@nyota.example', 'editor');
  });
});

describe('token create', () => {
  it('refuses an unknown workspace, and says which there are or how to make one', async () => {
    const { run, refusedToken } = await newDatabase();
    expect(await refusedToken('Nyota', 'a@nyota.example', 'editor')).toBe(
      'campaigns: There is no workspace "Nyota". Create one first: campaigns workspace create NAME\n',
    );
    await run('workspace', 'create', 'Nyota');
    await run('workspace', 'create', 'Mto');
    expect(await refusedToken('Ziwa', 'a@nyota.example', 'viewer')).toBe(
      'campaigns: There is no workspace "Ziwa". There are "Nyota", "Mto".\n',
    );
  });

  it('names ten workspaces at most, each in one line', async () => {
    const place = await newPlace('tables');
    const database = openAt(place.address);
    for (let number = 1; number <= 11; number += 1) {
      const uuid = `0b0b5a5e-8c52-4f62-a6c1-${String(number).padStart(12, '0')}`;
      await openMirror(database, 'https://textit.com', { uuid, name: `W\n${number}` });
    }
    await database.close();
    const names = Array.from({ length: 10 }, (_, place) => `"W\\u000a${place + 1}"`).join(', ');
    expect(await commandsOf(place.settings).refusedToken('Ziwa', 'a@nyota.example', 'viewer')).toBe(
      `campaigns: There is no workspace "Ziwa". There are ${names} and more, which "campaigns workspace list" shows.\n`,
    );
  });

  it.each(['nobody', '@nyota.example', 'a@', 'a b@nyota.example', 'a:b@nyota.example'])(
    'refuses the e-mail address "%s"',
    async (email) => {
      const { run, refusedToken } = await newDatabase();
      await run('workspace', 'create', 'Nyota');
      expect(await refusedToken('Nyota', email, 'viewer')).toBe(
        `campaigns: "${email}" is no e-mail address. Give one such as amina@nyota.example, without white space or colons, and with at most 254 characters.\n`,
      );
      expect((await run('token', 'list')).stderr).toContain('There are no tokens.');
    },
  );

  it.each(['', ' ', ' \t\n '])('refuses the name %j', async (name) => {
    const { run, refusedToken } = await newDatabase();
    await run('workspace', 'create', 'Nyota');
    expect(await refusedToken('Nyota', 'a@nyota.example', 'viewer', name)).toContain('It cannot be empty.');
    expect((await run('token', 'list')).stderr).toContain('There are no tokens.');
  });
});

describe('token create --expires', async () => {
  const { run } = await newDatabase();
  await run('workspace', 'create', 'Nyota');
  const create = (...more: string[]) =>
    run(...tokenArguments('Nyota', 'a@nyota.example', 'viewer', 'for a test'), ...more);

  it.each([
    ['2199-01-31', '2199-01-31T00:00:00.000Z'],
    ['2199-01-31T09:30:00+03:00', '2199-01-31T06:30:00.000Z'],
    ['2200-06-01 12:00', '2200-06-01T12:00:00.000Z'],
  ])('takes a date or a time: %s', async (time, shown) => {
    const { code, stdout, stderr } = await create('--expires', time);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^[A-Z2-9]{40}\n$/)]);
    expect(stderr).toContain(`, until ${shown}. It is not shown again:`);
  });

  it('takes a number of days from now', async () => {
    const before = Date.now();
    const { stderr } = await create('--expires', '90d');
    const [, shown = ''] = /, until (\S+)\. It/.exec(stderr) ?? [];
    expect(Date.parse(shown)).toBeGreaterThanOrEqual(before + 90 * 86_400_000);
    expect(Date.parse(shown)).toBeLessThanOrEqual(Date.now() + 90 * 86_400_000);
  });

  it.each(['soon', '90', '0d', '-1d', '2200', '2200-02-30', '', '9999-01-01', '99999d', '123456d'])(
    'refuses "%s"',
    async (time) => {
      const { code, stdout, stderr } = await create('--expires', time);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain('Give days such as 90d, or a date or time such as 2027-01-31.');
    },
  );

  it('refuses a time that has passed', async () => {
    expect(await create('--expires', '2024-01-31')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'campaigns: The token would expire on 2024-01-31T00:00:00.000Z, which has passed. Name a later time.\n',
    });
  });

  it('is shown by token list', async () => {
    const { stdout } = await run('token', 'list');
    expect(stdout).toMatch(/^1 .+ +2199-01-31 +never$/m);
    expect(stdout).toMatch(/^3 .+ +2200-06-01 +never$/m);
  });
});

describe('token list', () => {
  it('says that there are none', async () => {
    const { run } = await newDatabase();
    expect(await run('token', 'list')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('There are no tokens.'),
    });
  });

  it('shows all of them, oldest first, without their keys', async () => {
    const { run, createToken } = await newDatabase();
    await run('workspace', 'create', 'Nyota');
    // The tokens are created in an order that is not that of their names, addresses or roles.
    const made = [
      await createToken('Nyota', 'c@nyota.example', 'administrator', 'for reports'),
      await createToken('Nyota', 'a@nyota.example', 'viewer', 'API'),
      await createToken('Nyota', 'b@nyota.example', 'editor', 'for a test'),
    ];
    await run('token', 'revoke', '2');
    const { stdout } = await run('token', 'list');
    const [head = '', ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^number +workspace +user +role +for +created +expires +last used$/);
    expect(rows).toEqual([
      expect.stringMatching(/^1 +Nyota +c@nyota\.example +administrator +for reports +\d{4}-\d\d-\d\d +never +never$/),
      expect.stringMatching(/^2 +Nyota +a@nyota\.example +viewer +API +\d{4}-\d\d-\d\d +never +never +revoked$/),
      expect.stringMatching(/^3 +Nyota +b@nyota\.example +editor +for a test +\d{4}-\d\d-\d\d +never +never$/),
    ]);
    for (const key of made) expect(stdout).not.toContain(key);
  });

  it('shows what a terminal would obey in a name as text', async () => {
    const { run, createToken } = await newDatabase();
    await run('workspace', 'create', 'Nyota');
    await createToken('Nyota', 'a@nyota.example', 'viewer', 'two\nlines\u001b[2J, می\u200cخواهم');
    const { stdout } = await run('token', 'list');
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.anything(),
      expect.stringContaining(' two\\u000alines\\u001b[2J, می\u200cخواهم '),
    ]);
  });
});

describe('token revoke', () => {
  it.each(['its number', 'its key'])('takes a token by %s, once', async (how) => {
    const { run, createToken } = await newDatabase();
    await run('workspace', 'create', 'Nyota');
    const key = await createToken('Nyota', 'a@nyota.example', 'viewer');
    const token = how === 'its key' ? key : '1';
    expect(await run('token', 'revoke', token)).toEqual({ code: 0, stdout: '', stderr: 'Revoked.\n' });
    expect(await run('token', 'revoke', token)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'campaigns: That token has been revoked already.\n',
    });
  });

  it.each(['99', 'x', ''])('does not find the token "%s"', async (token) => {
    const { run, createToken } = await newDatabase();
    await run('workspace', 'create', 'Nyota');
    await createToken('Nyota', 'a@nyota.example', 'viewer');
    const { code, stderr } = await run('token', 'revoke', token);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^campaigns: There is no such token\./)]);
  });
});

describe('token revoke --name', async () => {
  const { run, createToken } = await newDatabase();
  const refused = async (...args: string[]) => {
    const { code, stdout, stderr } = await run('token', 'revoke', ...args);
    expect([code, stdout]).toEqual([1, '']);
    return stderr;
  };
  await run('workspace', 'create', 'Nyota');
  await run('workspace', 'create', 'Mto');
  await createToken('Nyota', 'a@nyota.example', 'viewer', 'reports');
  await createToken('Mto', 'a@nyota.example', 'viewer', 'reports');
  await createToken('Mto', 'b@nyota.example', 'viewer', 'sync');
  await createToken('Mto', 'b@nyota.example', 'viewer', 'twice');
  await createToken('Mto', 'c@nyota.example', 'viewer', 'twice');

  it('takes the only token of that name, once', async () => {
    expect(await run('token', 'revoke', '--name', 'sync')).toEqual({ code: 0, stdout: '', stderr: 'Revoked.\n' });
    expect((await run('token', 'list')).stdout).toMatch(/^3 .+ sync .+ revoked$/m);
    expect(await refused('--name', 'sync')).toBe('campaigns: That token has been revoked already.\n');
  });

  it('takes the one of a workspace where several have one of that name', async () => {
    const several = 'campaigns: 2 tokens are named "reports". Give the number of one: 1, 2.\n';
    expect(await refused('--name', 'reports')).toBe(several);
    expect((await run('token', 'revoke', '--name', 'reports', '--workspace', 'Mto')).code).toBe(0);
    const { stdout } = await run('token', 'list');
    expect(stdout).toMatch(/^1 .+ never$/m);
    expect(stdout).toMatch(/^2 .+ revoked$/m);
    // The name is clear now, because a revoked token does not count.
    expect((await run('token', 'revoke', '--name', 'reports')).code).toBe(0);
    expect((await run('token', 'list')).stdout).toMatch(/^1 .+ revoked$/m);
  });

  it('revokes none where a workspace has several', async () => {
    const several = 'campaigns: 2 tokens are named "twice". Give the number of one: 4, 5.\n';
    expect(await refused('--name', 'twice', '--workspace', 'Mto')).toBe(several);
    expect((await run('token', 'list')).stdout).toMatch(/^4 .+ never\n5 .+ never$/m);
  });

  it.each([
    [['--name', 'nothing'], /^campaigns: There is no such token\./],
    [['--name', 'twice', '--workspace', 'Nyota'], /^campaigns: There is no such token\./],
    [
      ['--name', 'twice', '--workspace', 'Ziwa'],
      /^campaigns: There is no workspace "Ziwa"\. There are "Nyota", "Mto"\.\n$/,
    ],
    [['4', '--name', 'twice'], /^campaigns: Name the token by its number, its key or --name, not by two of them\.\n$/],
    [['4', '--workspace', 'Mto'], /^campaigns: --workspace belongs to --name\./],
    [[], /^campaigns: Which token\? Give its number, its key, - or --name\.\n$/],
  ])('refuses %j in one line', async (args, message) => {
    expect(await refused(...args)).toMatch(message);
  });
});

describe('a running server', async () => {
  const world = await openWorld();
  const { run, createToken } = commandsOf(world.settings);
  const statusFor = async (key: string) => (await new Client(world.url, key).ask('{ viewer { role } }')).status;

  it('takes the token of a new workspace at once, and shows its first groups', async () => {
    const uuid = (await run('workspace', 'create', 'Nyota')).stdout.trim();
    const client = new Client(world.url, await createToken(uuid.toUpperCase(), 'a@nyota.example', 'administrator'));
    const viewer = '{ viewer { role workspace { uuid name } user { email } } groups { nodes { name system } } }';
    expect(await client.data(viewer)).toEqual({
      viewer: {
        role: 'ADMINISTRATOR',
        workspace: { uuid, name: 'Nyota' },
        user: { email: 'a@nyota.example' },
      },
      groups: { nodes: [{ name: 'Open Tickets', system: true }] },
    });
  });

  it('refuses a token that a command has revoked, and no other, at once', async () => {
    const revoked = await createToken('Nyota Health', 'one@nyota.example', 'viewer');
    const kept = await createToken('Nyota Health', 'two@nyota.example', 'viewer');
    expect([await statusFor(revoked), await statusFor(kept)]).toEqual([200, 200]);
    await run('token', 'revoke', revoked);
    expect([await statusFor(revoked), await statusFor(kept)]).toEqual([401, 200]);
  });

  it('takes a new token of a user who was not active: the user is active again', async () => {
    const inactive = found(fixture.users, ({ is_active }) => is_active === 0);
    const workspace = found(fixture.memberships, ({ user_id }) => user_id === inactive.id).workspace_id;
    const { uuid } = found(fixture.workspaces, ({ id }) => id === workspace);
    expect((await world.as('inactive').ask('{ viewer { role } }')).status).toBe(401);
    expect(await statusFor(await createToken(uuid, inactive.email, 'viewer'))).toBe(200);
    expect((await world.as('inactive').ask('{ viewer { role } }')).status).toBe(200);
  });

  it('gives a user the role of the newest token for all tokens of the workspace', async () => {
    const first = await createToken('Nyota Health', 'three@nyota.example', 'viewer');
    await createToken('Nyota Health', 'three@nyota.example', 'editor');
    const client = new Client(world.url, first);
    expect(await client.data('{ viewer { role } }')).toEqual({ viewer: { role: 'EDITOR' } });
  });
});
