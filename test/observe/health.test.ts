import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { DatabaseBusyError, problemOf, StatementEndedError } from '../../src/database/errors.ts';
import { answerErrors } from '../../src/http/internal-error.ts';
import { healthRoutes, isHealthAddress } from '../../src/observe/health.ts';
import { afterwards } from '../support/afterwards.ts';
import { newPlace, openAt } from '../support/engine.ts';

it.each([
  ['/healthz', true],
  ['/readyz?from=probe', true],
  ['/metrics?', true],
  ['/readyz/more', false],
  ['/?/readyz', false],
])('%s is answered under overload, too: %s', (url, is) => {
  expect(isHealthAddress(url)).toBe(is);
});

/** The response of `/readyz` if `happens` changes the database right after the server's first check of it. */
async function readiness(happens: (database: Database) => Promise<Partial<Database>>) {
  const database = openAt((await newPlace('tables')).address);
  afterwards(() => database.close());
  let changed: Partial<Database> = {};
  const seen: Database = {
    ...database,
    get reader() {
      return changed.reader ?? database.reader;
    },
    async problem() {
      const problem = await database.problem();
      changed = await happens(database);
      return problem;
    },
  };
  const reported: Error[] = [];
  const app = express()
    .use(healthRoutes(seen, { draining: false }, ['https://textit.example'], problemOf))
    .use(answerErrors((error) => void reported.push(error)));
  const server = app.listen(0, '127.0.0.1');
  afterwards(() => server.close());
  await once(server, 'listening');
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/readyz`);
  return { status: response.status, body: await response.json(), reported };
}

/** The database with a reader whose statements fail. */
const failing = (database: Database, error: Error): Partial<Database> => ({
  reader: {
    ...database.reader,
    get db(): never {
      throw error;
    },
  },
});

describe('/readyz of a server in front of live accounts', () => {
  it('is 200 while all that it reads can be read', async () => {
    expect(await readiness(async () => ({}))).toEqual({
      status: 200,
      body: { status: 'ready', upstreams: {} },
      reported: [],
    });
  });

  it('is 503 with the reason when the database goes away between two of its reads', async () => {
    const gone = async (database: Database) => {
      await database.close();
      return {};
    };
    expect(await readiness(gone)).toEqual({
      status: 503,
      body: { status: 'the file is being opened again' },
      reported: [],
    });
  });

  it.each([
    [
      'another process holds the database for longer than a read waits',
      DatabaseBusyError.held(5_000),
      'the database is busy',
    ],
    ['the server of the database ends a read', new StatementEndedError(), 'the database takes too long to answer'],
  ])('is 503 when %s', async (_when, error, status) => {
    expect(await readiness(async (database) => failing(database, error))).toEqual({
      status: 503,
      body: { status },
      reported: [],
    });
  });

  it('is 500 for a mistake of the server, which is reported', async () => {
    const mistake = new Error('a mistake');
    expect(await readiness(async (database) => failing(database, mistake))).toMatchObject({
      status: 500,
      reported: [mistake],
    });
  });
});
