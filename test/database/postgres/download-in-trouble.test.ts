import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { startServer } from '../../../src/server.ts';
import { afterwards } from '../../support/afterwards.ts';
import { newPostgresPlace, openAt } from '../../support/engine.ts';
import { tokenKey } from '../../support/fixture.ts';
import { startProxy } from '../../support/tcp-proxy.ts';

const { address } = await newPostgresPlace('fixture');
const url = new URL(address.url);
const proxy = await startProxy(Number(url.port || 5432));
url.hostname = '127.0.0.1';
url.port = String(proxy.port);
const behindProxy = { ...address, url: url.href };
const database = openAt(behindProxy);
const log: string[] = [];
const server = await startServer(
  { ...readConfig({}), host: '127.0.0.1', port: 0, database: behindProxy, rateLimit: null, drainDelay: 0 },
  database,
  pino({ base: null }, { write: (line: string) => void log.push(line) }),
);
afterwards(async () => {
  proxy.judge = () => 'pass';
  await server.stop();
  await database.close();
  await proxy.close();
});

const download = async () => {
  const headers = { authorization: `Token ${tokenKey('admin')}` };
  return (await fetch(`http://127.0.0.1:${server.port}/api/v2/campaigns.csv`, { headers })).text();
};

it('a download goes on when the database was away for some seconds between two of its pages', async () => {
  let cut = 0;
  let isAway = false;
  proxy.judge = (piece) => {
    if (isAway) {
      cut += 1;
      return 'cut before';
    }
    isAway = piece.includes('from "campaigns"');
    return 'pass';
  };
  const interrupted = download();
  await expect.poll(() => cut).toBeGreaterThan(0);
  // Until the server has looked at the version of the access rights again.
  await wait(2_000);
  proxy.judge = () => 'pass';
  expect(await interrupted).toBe(await download());
  expect(log.filter((line) => line.includes('a request failed'))).toEqual([]);
});
