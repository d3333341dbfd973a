import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';
import { campaigns, inFile } from '../support/program.ts';

const folder = temporaryFolder();

it.each([
  ['PORT', { PORT: 'http' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://root:secret@db.example/x' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
])('a wrong %s stops every command with one line', async (name, settings) => {
  for (const command of [['serve'], ['token', 'list']]) {
    const { code, stdout, stderr } = await campaigns(command, settings);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^campaigns: ${name} is "[^\n]*\n$`));
    expect(stderr).not.toContain('secret');
  }
});

describe('a server that cannot start', () => {
  const file = inFile(join(folder, 'campaigns.db'));
  const taken = createServer();
  afterAll(() => taken.close());

  it('says so in one line when the port is taken', async () => {
    await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : address);
    expect(await campaigns(['serve'], { ...file, PORT: port, ADMIN_PORT: '0', LOG_LEVEL: 'error' })).toEqual({
      code: 1,
      stdout: '',
      stderr: `campaigns: Port ${port} is taken by another program. Stop it, or set PORT to another port.\n`,
    });
  });

  it('says so in one line when the port for health is taken', async () => {
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : address);
    expect(await campaigns(['serve'], { ...file, ADMIN_PORT: port, LOG_LEVEL: 'error' })).toEqual({
      code: 1,
      stdout: '',
      stderr: `campaigns: Port ${port} is taken by another program. Stop it, or set ADMIN_PORT to another port.\n`,
    });
  });

  it('says so in one line when the address is not this machine’s', async () => {
    const { code, stderr } = await campaigns(['serve'], { ...file, HOST: '192.0.2.1', LOG_LEVEL: 'error' });
    expect([code, stderr]).toEqual([
      1,
      'campaigns: HOST is "192.0.2.1", which is no address of this machine. Set it to 127.0.0.1 or 0.0.0.0.\n',
    ]);
  });

  it.each([
    [
      'a file that is no database',
      () => writeFileSync(join(folder, 'notes.db'), 'notes '.repeat(1_000)),
      'notes.db',
      'it is not a SQLite database',
    ],
    ['a folder', () => {}, '.', 'unable to open database file'],
  ])('says so in one line when the database is %s', async (_what, make, name, reason) => {
    make();
    const { code, stdout, stderr } = await campaigns(['serve'], inFile(join(folder, name)));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^campaigns: The database file "[^"]+" cannot be opened: [^\n]+\.\n$/);
    expect(stderr).toContain(reason);
  });
});
