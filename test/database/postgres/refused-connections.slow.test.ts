import pg from 'pg';
import { expect, inject, it } from 'vitest';
import { explained, faultOf } from '../../../src/database/postgres/faults.ts';
import { clientFor } from '../../support/client.ts';
import { runCommand } from '../../support/command.ts';
import { newPostgresPlace } from '../../support/engine.ts';
import { execute } from '../../support/postgres-templates.ts';
import type { Serving } from '../../support/program.ts';
import { serve } from '../../support/program.ts';

// As before a database is restored or renamed: `alter database … allow_connections false`. The server then refuses connections with
// the code 55000, which means something else when a statement gets it.

const READ = '{ campaigns(first: 1) { nodes { uuid } } }';
const CREATE = 'mutation { createGroup(input: { name: "Refused" }) { group { uuid } } }';

const { settings } = await newPostgresPlace('fixture');
const admin = inject('postgres').url;
const name = new URL(settings.DATABASE_URL).pathname.slice(1);

const allow = () => execute(admin, `alter database ${name} with allow_connections true`);
const refuse = () =>
  execute(
    admin,
    `alter database ${name} with allow_connections false`,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
  );

const ask = (program: Serving, text: string) => clientFor(program.url, 'admin').ask(text);
const readiness = async ({ url }: Serving) => (await fetch(`${url}/readyz`)).status;
/** The log lines about the database, and those with the stack of an error. */
const said = (program: Serving) => program.stdout().match(/"msg":"[^"]*the database can[^"]*"|"err":/g) ?? [];

it('a program whose database takes no connections answers 503, says so once, and recovers', async () => {
  const program = await serve(settings);
  expect((await ask(program, READ)).status).toBe(200);
  await refuse();
  // The first request may meet the end of its connection.
  for (const text of [READ, READ, CREATE, CREATE]) {
    const answer = await ask(program, text);
    expect([answer.status, answer.codes]).toEqual([503, ['STORAGE_UNAVAILABLE']]);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect((await ask(program, READ)).errors[0]?.message).toContain('refuses connections to this database');
  const rest = await fetch(`${program.url}/api/v2/campaigns.json`, { headers: { authorization: 'Token x' } });
  expect([rest.status, rest.headers.has('retry-after')]).toEqual([503, true]);
  await allow();
  await expect.poll(() => readiness(program)).toBe(200);
  await expect.poll(async () => (await ask(program, CREATE)).status).toBe(200);
  expect(said(program)).toHaveLength(1);
  expect(await program.stop()).toBe(0);
  expect(program.stderr()).toBe('');
});

it('a program that starts meanwhile answers 503, and serves when the database takes connections', async () => {
  await refuse();
  const program = await serve(settings);
  const answer = await ask(program, READ);
  expect([answer.status, answer.codes]).toEqual([503, ['STORAGE_UNAVAILABLE']]);
  await allow();
  await expect.poll(() => readiness(program)).toBe(200);
  await expect.poll(async () => (await ask(program, READ)).status).toBe(200);
  expect(await program.stop()).toBe(0);
  expect(program.stderr()).toBe('');
});

it.each(['check', 'migrate', 'token list', 'dump /dev/null'])('%s says so in one line', async (command) => {
  await refuse();
  const outcome = await runCommand(command.split(' '), settings);
  await allow();
  expect(outcome).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^campaigns: The database cannot be used at present: the database server refuses connections to this database\. .*\n$/,
    ),
  });
});

it('the same code from a statement is no outage', async () => {
  const client = new pg.Client({ connectionString: settings.DATABASE_URL });
  await client.connect();
  // A sequence that this session has not used yet.
  const error: unknown = await client.query("select currval('campaigns_id_seq')").catch((thrown: unknown) => thrown);
  await client.end();
  expect(error).toMatchObject({ code: '55000' });
  expect(faultOf(error)).toBeNull();
  expect(explained(error)).toBe(error);
});
