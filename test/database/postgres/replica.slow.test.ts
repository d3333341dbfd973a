import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../src/database/open.ts';
import type { WorkspaceId } from '../../../src/database/tables.ts';
import { Groups } from '../../../src/model/groups.ts';
import { afterwards } from '../../support/afterwards.ts';
import { AUTHOR } from '../../support/author.ts';
import type { ReadChange } from '../../support/changes.ts';
import { apply, contents, readChanges, readLists, readTables, streamChanges } from '../../support/changes.ts';
import type { Client } from '../../support/client.ts';
import { fixture, found, tokenKey } from '../../support/fixture.ts';
import { METRICS_TOKEN, readMetric, readMetrics } from '../../support/metrics.ts';
import { execute } from '../../support/postgres-templates.ts';
import { NO_REDIS, REDIS, TestRedis } from '../../support/redis.ts';
import type { Instance, Replicated } from '../../support/replicated.ts';
import {
  NO_PROGRAMS,
  openInstance,
  pauseReplay,
  resumeReplay,
  startReplicated,
  untilUsed,
} from '../../support/replicated.ts';
import { startProxy } from '../../support/tcp-proxy.ts';
import { serveWorkers } from '../../support/workers.ts';

// Servers read from a real PostgreSQL standby while it is held back, stopped, or made to stop answering.

const CREATE = `mutation ($name: String!) {
  createGroup(input: { name: $name }) { group { uuid campaigns { totalCount } } userErrors { code } }
}`;
const NAMES = '{ groups(first: 250) { nodes { name } } }';
const ROWS = '{ groups(first: 1) { nodes { name } } }';

const create = (client: Client, name: string) => client.data(CREATE, { name });
const names = async (client: Client) =>
  (await client.data<{ groups: { nodes: { name: string }[] } }>(NAMES)).groups.nodes.map(({ name }) => name);

const IN_USE = [200, 'in use'];
const TOO_OLD = expect.stringMatching(/^its state is older than 2 seconds/) as string;
const WAIT = { timeout: 10_000, interval: 50 };

/** The number of statements that `work` reads from the replica. */
async function replicaReadsOf(instance: Instance, work: () => Promise<unknown>): Promise<number> {
  const before = await instance.replicaReads();
  await work();
  return (await instance.replicaReads()) - before;
}

const servers = await startReplicated();
describe.skipIf(!servers)(servers ? 'a standby' : `a standby: SKIPPED, ${NO_PROGRAMS}`, () => {
  if (servers) testWith(servers);
});

function testWith({ primary, standby }: Replicated): void {
  /** Keeps new rows from appearing on the replica, until the test ends. */
  async function holdBack(): Promise<void> {
    await pauseReplay(standby);
    onTestFinished(() => resumeReplay(standby));
  }

  describe('a server with a replica', async () => {
    const instance = await openInstance({ primary, standby }, { maxLag: 10_000 });
    await untilUsed(instance);
    const [admin, editor, elsewhere] = [instance.as('admin'), instance.as('editor'), instance.as('admin2')];

    it('reads from the replica, and from the primary what mutations return', async () => {
      expect(await replicaReadsOf(instance, () => names(admin))).toBeGreaterThan(0);
      expect(await replicaReadsOf(instance, () => create(admin, 'Returned'))).toBe(0);
    });

    it('reads from the replica again as soon as it has what the workspace has written', async () => {
      await create(admin, 'Caught up with');
      // One statement asks the replica for its revision, and another one reads the page. So two reads mean that the replica was used.
      await expect.poll(() => replicaReadsOf(instance, () => names(admin)), WAIT).toBeGreaterThan(1);
      expect(await names(admin)).toContain('Caught up with');
    });

    it('shows what has been written while the replica lacks it; other workspaces go on to read there', async () => {
      await holdBack();
      await create(admin, 'Not there yet');
      expect(await names(admin)).toContain('Not there yet');
      expect(await names(editor)).toContain('Not there yet');
      expect(await replicaReadsOf(instance, () => elsewhere.data(ROWS))).toBe(1);
    });

    it('shows what a request has written on another server, when the request was repeated here', async () => {
      const another = await openInstance({ primary, standby });
      const post = async ({ url }: Instance) => {
        const response = await fetch(`${url}/api/v2/groups.json`, {
          method: 'POST',
          headers: {
            authorization: `Token ${tokenKey('admin')}`,
            'content-type': 'application/json',
            'idempotency-key': 'the-same-one',
          },
          body: JSON.stringify({ name: 'Repeated' }),
        });
        expect(response.status).toBe(201);
      };
      await untilUsed(another);
      await expect.poll(() => replicaReadsOf(instance, () => names(admin)), WAIT).toBeGreaterThan(1);
      await holdBack();
      await post(another);
      // Without Redis this server does not know of the other server's write.
      expect(await names(admin)).not.toContain('Repeated');
      await post(instance);
      expect(await names(admin)).toContain('Repeated');
      await another.close();
    });

    it('tells the metrics how far the replica is behind', async () => {
      expect(await readMetric(instance.url, 'campaigns_replica_in_use')).toBe(1);
      expect(await readMetric(instance.url, 'campaigns_replica_lag_seconds')).toBeLessThan(5);
    });
  });

  describe('whoever follows the feed beside a replica that is behind', async () => {
    const instance = await openInstance({ primary, standby }, { maxLag: 10_000 });
    await untilUsed(instance);
    const admin = instance.as('admin');
    const key = tokenKey('admin');
    // A separate connection writes here, so the server is not informed of these writes.
    const elsewhere = await openDatabase({
      engine: 'postgres',
      url: primary.url('campaigns'),
      connections: 2,
      pooler: false,
    });
    afterwards(() => elsewhere.close());
    const workspace = found(fixture.tokens, ({ name }) => name === 'admin').workspace_id as WorkspaceId;
    const groups = new Groups(elsewhere, workspace, AUTHOR);
    const cursorNow = async () => (await readLists(admin)).cursor;
    /** Resolves when the server reads from the replica again, because it has forgotten the earlier writes of this file. */
    const untilFromReplica = async () => {
      await expect.poll(() => replicaReadsOf(instance, () => names(admin)), WAIT).toBeGreaterThan(0);
    };

    it('is told of changes that the replica lacks, and then reads lists that have them', async () => {
      await untilFromReplica();
      const stream = await streamChanges(instance.url, key, await cursorNow(), 50);
      await stream.next();
      await holdBack();
      await groups.create({ name: 'Told by a stream' });
      expect((await stream.next())?.changes).toMatchObject([{ action: 'CREATED' }]);
      expect(await names(admin)).toContain('Told by a stream');
    });

    it('goes on after a cursor that the replica has not reached', async () => {
      await untilFromReplica();
      const another = await openInstance({ primary, standby });
      await holdBack();
      const stream = await streamChanges(another.url, key, await cursorNow(), 50);
      await stream.next();
      await groups.create({ name: 'Ahead' });
      const { cursor = '' } = (await stream.next()) ?? {};
      expect(await names(admin)).not.toContain('Ahead');
      expect(await readChanges(admin, cursor)).toEqual({ changes: [], cursor });
      // graphql-js executes operations that ask for the schema, too.
      const beside =
        'query ($cursor: String!) { __schema { __typename } changes(after: $cursor, first: 1) { nodes { action } } }';
      expect(await admin.data(beside, { cursor })).toMatchObject({ changes: { nodes: [] } });
      await groups.create({ name: 'Further ahead' });
      expect((await readChanges(admin, cursor)).changes).toMatchObject([{ action: 'CREATED' }]);
      await another.close();
    });

    it('does not read pages that are older than the cursor of the first one', async () => {
      const proxy = await startProxy(standby.port);
      afterwards(() => proxy.close());
      const replicaUrl = standby.url('campaigns').replace(String(standby.port), String(proxy.port));
      const cut = await openInstance({ primary, standby }, { replicaUrl, maxLag: 10_000 });
      await untilUsed(cut);
      await holdBack();
      await groups.create({ name: 'Before the cursor' });
      // This page is read from the primary, because the replica fails.
      proxy.judge = () => 'cut before';
      await cut.as('admin').data('{ groups(first: 1) { changesCursor } }');
      proxy.judge = () => 'pass';
      await untilUsed(cut);
      expect(await names(cut.as('admin'))).toContain('Before the cursor');
      await cut.close();
    });

    it('makes a copy that misses nothing', async () => {
      const writing = (async () => {
        for (let count = 0; count < 60; count += 1) {
          await groups.create({ name: `Copied ${count}` });
          if (count % 20 === 5) await pauseReplay(standby);
          if (count % 20 === 15) await resumeReplay(standby);
          await wait(10);
        }
        await groups.create({ name: 'The end' });
      })();
      const { replica, cursor: start } = await readLists(admin, 5);
      const at = { cursor: start, done: false };
      const take = ({ changes, cursor }: { changes: readonly ReadChange[]; cursor: string }) => {
        at.cursor = cursor;
        apply(replica, changes);
        at.done ||= changes.some(({ fields }) => fields.some(({ after }) => after === 'The end'));
      };
      while (!at.done) {
        take(await readChanges(admin, at.cursor, 5));
        const stream = await streamChanges(instance.url, key, at.cursor, 3);
        for (let left = 1 + Math.floor(Math.random() * 4); left > 0 && !at.done; left -= 1) {
          const batch = await stream.next();
          if (!batch) throw new Error('the stream has ended');
          take(batch);
        }
        stream.close();
      }
      await writing;
      expect(contents(replica)).toEqual(contents((await readTables(elsewhere, workspace)).replica));
    });
  });

  describe('a replica that cannot be used is left out, and no request fails:', async () => {
    const proxy = await startProxy(standby.port);
    const replicaUrl = standby.url('campaigns').replace(String(standby.port), String(proxy.port));
    const instance = await openInstance({ primary, standby }, { replicaUrl });
    await untilUsed(instance);
    const admin = instance.as('admin');
    const state = async () => (await instance.readiness())[1];

    /** Returns a function that gives the log messages about the replica from now on. */
    function listen(): () => string[] {
      const before = instance.saidOfReplica().length;
      return () => instance.saidOfReplica().slice(before);
    }
    const LEFT_OUT = 'the replica is left out; all reads go to the primary';
    const BACK = 'the replica is read from again';

    it('one that is too far behind', async () => {
      const said = listen();
      await pauseReplay(standby);
      await expect.poll(() => instance.readiness(), WAIT).toEqual([200, TOO_OLD]);
      expect(await replicaReadsOf(instance, () => names(admin))).toBe(0);
      expect(await readMetric(instance.url, 'campaigns_replica_in_use')).toBe(0);
      await resumeReplay(standby);
      await expect.poll(() => instance.readiness(), WAIT).toEqual(IN_USE);
      expect(said()).toEqual([LEFT_OUT, BACK]);
    });

    it('one that has stopped', async () => {
      const said = listen();
      await standby.stop('immediate');
      expect((await admin.ask(ROWS)).status).toBe(200);
      await expect.poll(state, WAIT).not.toBe('in use');
      expect(await names(admin)).not.toEqual([]);
      await standby.start();
      await expect.poll(state, WAIT).toBe('in use');
      expect(said()).toEqual([LEFT_OUT, BACK]);
    });

    it('one that does not answer any more, also for requests that wait for it', async () => {
      const said = listen();
      await names(admin);
      proxy.judge = () => 'swallow';
      const started = performance.now();
      expect((await admin.ask(ROWS)).status).toBe(200);
      expect(performance.now() - started).toBeLessThan(4_000);
      expect(await state()).not.toBe('in use');
      proxy.judge = () => 'pass';
      await expect.poll(state, { ...WAIT, timeout: 15_000 }).toBe('in use');
      expect(said()).toEqual([LEFT_OUT, BACK]);
    });

    it('a server that is no replica of the database', async () => {
      await execute(primary.url(), 'create database another');
      const another = await openDatabase({
        engine: 'postgres',
        url: primary.url('another'),
        connections: 2,
        pooler: false,
      });
      await another.migrate();
      await another.close();
      const deceived = await openInstance({ primary, standby }, { replicaUrl: primary.url('another') });
      await expect.poll(() => deceived.readiness(), WAIT).toEqual([200, TOO_OLD]);
      expect(await names(deceived.as('admin'))).not.toEqual([]);
      await deceived.close();
    });
  });

  it('two workers of a server show what has been written on the other one', { timeout: 60_000 }, async () => {
    const server = await serveWorkers({
      DATABASE_URL: primary.url('campaigns'),
      READ_DATABASE_URL: standby.url('campaigns'),
      READ_MAX_LAG: '20',
      RATE_LIMIT: 'off',
      METRICS_TOKEN,
    });
    const ask = async (query: string, variables = {}) => {
      // Each request opens a new connection, which is passed to the next worker.
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${tokenKey('admin')}`,
          'content-type': 'application/json',
          connection: 'close',
        },
        body: JSON.stringify({ query, variables }),
      });
      return response.text();
    };
    const readsByWorker = async () =>
      (await readMetrics(server.url)).flatMap((line) => {
        const [, reads] = /^campaigns_database_duration_seconds_count.*work="replica-read".* (\d+)$/.exec(line) ?? [];
        return reads === undefined ? [] : [Number(reads) > 0];
      });
    await expect
      .poll(async () => {
        await Promise.all([ask(ROWS), ask(ROWS)]);
        return readsByWorker();
      }, WAIT)
      .toEqual([true, true]);

    await holdBack();
    for (const name of ['By one', 'By the other']) {
      expect(await ask(CREATE, { name })).toContain('"userErrors":[]');
      for (let reads = 0; reads < 4; reads++) expect(await ask(NAMES)).toContain(`"${name}"`);
    }
    expect(await server.stop()).toBe(0);
  });

  describe.skipIf(!REDIS)(
    REDIS ? 'two servers with Redis' : `two servers with Redis: SKIPPED, ${NO_REDIS}`,
    async () => {
      it('show what has been written on the other one while the replica lacks it', async () => {
        const redis = await TestRedis.atFreePort();
        await redis.start();
        const settings = { redisUrl: redis.url };
        const [one, other] = [
          await openInstance({ primary, standby }, settings),
          await openInstance({ primary, standby }, settings),
        ];
        await untilUsed(one, other);
        // For some time after its start a server does not trust Redis, because Redis may have lost notes before. It reads from the
        // primary meanwhile.
        expect(await replicaReadsOf(other, () => other.as('admin').data(ROWS))).toBe(0);
        await expect.poll(() => replicaReadsOf(other, () => other.as('admin').data(ROWS)), WAIT).toBe(1);

        await holdBack();
        await create(one.as('admin'), 'Written on the other one');
        expect(await names(other.as('admin'))).toContain('Written on the other one');
        expect(await replicaReadsOf(other, () => other.as('admin2').data(ROWS))).toBe(1);

        await redis.kill();
        await create(one.as('admin2'), 'Without Redis');
        expect(await names(other.as('admin2'))).toContain('Without Redis');
        await redis.start();
        await expect.poll(() => redis.ask('EXISTS campaigns:probe'), WAIT).toContain(':1');
        expect(await names(other.as('admin2'))).toContain('Without Redis');
      });
    },
  );
}
