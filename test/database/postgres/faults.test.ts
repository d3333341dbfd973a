import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { DatabaseBusyError, DatabaseUnavailableError, StatementEndedError } from '../../../src/database/errors.ts';
import { explained, isConflict, isMisconfigured } from '../../../src/database/postgres/faults.ts';
import { afterwards } from '../../support/afterwards.ts';
import { clientSettings } from '../../../src/database/postgres/settings.ts';
import { runCommand } from '../../support/command.ts';
import { newPostgresPlace } from '../../support/engine.ts';
import { execute } from '../../support/postgres-templates.ts';

// Errors that a test cannot cause, such as a full disk. They are built from the server's error codes, as the driver reports them.

function serverError(code: string, constraint?: string): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError('said by the server', 0, 'error'), { code, constraint });
}

describe('an address that the server cannot use', () => {
  it.each([
    ['?options=-c%20statement_timeout%3Dabc', 'refuses a parameter of the address'],
    ['?options=-c%20work_mem%3Dx', 'refuses a parameter of the address'],
    ['?user=nobody_there', 'refuses the user or the password'],
  ])('ends a command in one line: %s', async (parameters, reason) => {
    const { settings } = await newPostgresPlace('tables');
    for (const command of ['token list', 'check']) {
      const outcome = await runCommand(command.split(' '), { DATABASE_URL: `${settings.DATABASE_URL}${parameters}` });
      expect(outcome).toEqual({
        code: 1,
        stdout: '',
        stderr: `campaigns: The database cannot be used: the database server ${reason}. Check DATABASE_URL.\n`,
      });
    }
  });
});

it('a user who may not create tables is told to own the database', async () => {
  const { address } = await newPostgresPlace('nothing');
  const user = `guest_${randomBytes(4).toString('hex')}`;
  await execute(address.url, 'revoke create on schema public from public', `create role ${user} login`);
  afterwards(() => execute(inject('postgres').url, `drop role ${user}`));
  const url = new URL(address.url);
  url.username = user;
  expect(await runCommand(['migrate'], { DATABASE_URL: url.href })).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'campaigns: The database cannot be used: its user may not create, read or change the tables there. ' +
      'Make the user the owner of the database, and of the tables in it: alter database NAME owner to USER.\n',
  });
});

it('a database without a schema for the tables is told to have one', async () => {
  const { address } = await newPostgresPlace('nothing');
  expect(await runCommand(['migrate'], { DATABASE_URL: `${address.url}?options=-c%20search_path%3Dnowhere` })).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'campaigns: The database cannot be used: it has no schema of those that search_path names. ' +
      'Make one: create schema NAME authorization USER.\n',
  });
});

it.each(['SELF_SIGNED_CERT_IN_CHAIN', 'ERR_TLS_CERT_ALTNAME_INVALID', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])(
  'a certificate that cannot be verified (%s) is no fault of the program',
  (code) => {
    const error = Object.assign(new Error('said by Node'), { code });
    expect(isMisconfigured(error)).toBe(true);
    expect(explained(error)).toEqual(
      new DatabaseUnavailableError('the certificate of the database server cannot be verified'),
    );
  },
);

it.each([
  ['sslmode=require', 'sslmode=verify-full'],
  ['application_name=x&sslmode=verify-ca&ssl=1', 'application_name=x&sslmode=verify-full&ssl=1'],
  ['sslmode=no-verify', 'sslmode=no-verify'],
  ['uselibpqcompat=true&sslmode=require', 'uselibpqcompat=true&sslmode=require'],
])('an address with %s is given to node-postgres with %s, which prints no warning', (given, passedOn) => {
  const url = (parameters: string) => `postgres://db.example/campaigns?${parameters}`;
  const address = { engine: 'postgres', url: url(given), connections: 4, pooler: false } as const;
  expect(clientSettings(address).connectionString).toBe(url(passedOn));
});

it('an address that asks for TLS of a server that has none is no fault of the program', () => {
  const error = new Error('The server does not support SSL connections');
  expect(isMisconfigured(error)).toBe(true);
  expect(explained(error)).toEqual(new DatabaseUnavailableError('the database server offers no encrypted connections'));
});

describe('an error of the server', () => {
  it.each([
    ['53100', 'the disk of the database server is full'],
    ['53300', 'the database server has no free connection'],
    ['53200', 'the database server lacks memory or another resource'],
    ['25006', 'the database is read-only'],
    ['57P01', 'the database server is stopping'],
    ['57P03', 'the database server is starting or stopping'],
    ['58030', 'the disk of the database server fails to read or to write'],
    ['28P01', 'the database server refuses the user or the password'],
  ])('with the code %s is an outage: %s', (code, reason) => {
    expect(explained(serverError(code))).toEqual(new DatabaseUnavailableError(reason));
  });

  it.each([
    ['40001', 'other processes have changed the same rows again and again'],
    ['40P01', 'other processes have changed the same rows again and again'],
    ['55P03', 'another process has been writing for 5 seconds'],
  ])('with the code %s means that others were in the way: %s', (code, reason) => {
    expect(explained(serverError(code))).toEqual(new DatabaseBusyError(reason));
  });

  it('with the code 57014 means that it has ended the statement alone', () => {
    expect(explained(serverError('57014'))).toBeInstanceOf(StatementEndedError);
  });

  it.each(['42601', '42703', '23503', '22021'])('with the code %s is a bug, and stays as it is', (code) => {
    const error = serverError(code);
    expect(explained(error)).toBe(error);
  });

  it('is a conflict when a name was taken, by the name of the index', () => {
    const indexes = ['campaigns_name', 'groups_name', 'campaigns_uuid', undefined];
    expect(indexes.map((index) => isConflict(serverError('23505', index)))).toEqual([true, true, false, false]);
  });
});
