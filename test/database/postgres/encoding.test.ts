import { randomBytes } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { runCommand } from '../../support/command.ts';
import { databaseOn, execute } from '../../support/postgres-templates.ts';
import { campaigns } from '../../support/program.ts';

describe.each(['LATIN1', 'SQL_ASCII'])('a database with the encoding %s is refused in one line', async (encoding) => {
  const { url, prefix } = inject('postgres');
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  await execute(url, `create database ${name} encoding '${encoding}' template template0 lc_collate 'C' lc_ctype 'C'`);
  const settings = { DATABASE_URL: databaseOn(url, name) };
  const refused = {
    code: 1,
    stdout: '',
    stderr: `campaigns: The database has the encoding ${encoding}, and must have UTF8. Make another one: create database NAME encoding 'UTF8' template template0\n`,
  };

  it('by serve', async () => {
    expect(await campaigns(['serve'], settings)).toEqual(refused);
  });

  it.each(['migrate', 'check', 'token list'])('by %s', async (command) => {
    expect(await runCommand(command.split(' '), settings)).toEqual(refused);
  });
});
