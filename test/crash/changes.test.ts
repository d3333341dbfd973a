import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { afterwards } from '../support/afterwards.ts';
import type { ReadChange } from '../support/changes.ts';
import { apply, contents, readChanges, readLists, readTables, streamChanges } from '../support/changes.ts';
import type { Client } from '../support/client.ts';
import { clientFor } from '../support/client.ts';
import { ENGINE, newPlace, openAt } from '../support/engine.ts';
import { fixture, found, tokenKey } from '../support/fixture.ts';
import type { Serving } from '../support/program.ts';
import { campaigns, serve } from '../support/program.ts';

/** How many clients write at once through each server: 32 in all on PostgreSQL, where writes of one workspace wait for a lock. */
const WRITERS = ENGINE === 'postgres' ? 16 : 4;

const OPERATIONS = [
  'createCampaign(input: { name: $name, group: { name: "Vets" } }) { object: campaign { uuid revision } }',
  'updateCampaign(input: { uuid: $uuid, name: $name }) { object: campaign { uuid revision } }',
  'updateCampaign(input: { uuid: $uuid, archived: true }) { object: campaign { uuid revision } }',
  'updateCampaign(input: { uuid: $uuid, archived: false }) { object: campaign { uuid revision } }',
  'createGroup(input: { name: $name }) { object: group { uuid revision } }',
  'deleteCampaign(input: { uuid: $uuid }) { userErrors { code } }',
];

interface Written {
  readonly written: { readonly object?: { readonly uuid: string; readonly revision: number } | null };
}

/** Makes random writes until the server is gone or `stop` aborts. Collects the revision of each acknowledged create. */
async function write(client: Client, who: string, acknowledged: number[], stop: AbortSignal): Promise<void> {
  const known: string[] = [];
  for (let count = 0; !stop.aborted; count += 1) {
    const uuid = known[Math.floor(Math.random() * known.length)];
    const operation = uuid === undefined ? OPERATIONS[0] : OPERATIONS[Math.floor(Math.random() * OPERATIONS.length)];
    const declared = [...(operation?.matchAll(/\$(name|uuid)/g) ?? [])].map(([variable, name]) =>
      name === 'uuid' ? `${variable}: UUID!` : `${variable}: String!`,
    );
    const answer = await client
      .ask<Written>(`mutation (${declared.join(', ')}) { written: ${operation} }`, { name: `${who} ${count}`, uuid })
      .catch(() => null);
    if (answer === null) return;
    const object = answer.data?.written.object;
    if (!object) continue;
    if (!operation?.startsWith('create')) continue;
    acknowledged.push(object.revision);
    if (operation.startsWith('createCampaign')) known.push(object.uuid);
  }
}

/** Reads all changes, by pages and by streams that it or a server ends, until all writes are done. */
class Follower {
  readonly revisions: number[] = [];
  /** The server whose stream is open. */
  open: Serving | undefined;
  /** How many streams a server has ended. */
  cut = 0;
  readonly #servers: () => Serving;
  readonly #isPatient: boolean;
  #cursor: string;

  /** `servers` returns one of the servers. A patient reader uses only streams, and does not end them. */
  constructor(cursor: string, servers: () => Serving, isPatient: boolean) {
    this.#cursor = cursor;
    this.#servers = servers;
    this.#isPatient = isPatient;
  }

  /** Resolves when `stop` has aborted and all changes have been read. */
  async follow(stop: AbortSignal): Promise<void> {
    const stopped = once(stop, 'abort');
    for (let last = false; !last;) {
      last = stop.aborted;
      const server = this.#servers();
      const first = 1 + Math.floor(Math.random() * 20);
      try {
        if (last || (!this.#isPatient && Math.random() < 0.5)) {
          this.#take(await readChanges(clientFor(server.url, 'admin2'), this.#cursor, first));
        } else {
          const over = this.#isPatient ? stopped : Promise.race([stopped, setTimeout(Math.random() * 300)]);
          await this.#stream(server, first, over);
        }
      } catch {
        // The server was killed. The reader continues from its cursor, perhaps at another server.
        last = false;
        await setTimeout(20);
      }
    }
  }

  async #stream(server: Serving, first: number, over: Promise<unknown>): Promise<void> {
    const stream = await streamChanges(server.url, tokenKey('admin2'), this.#cursor, first);
    try {
      for (;;) {
        this.open = server;
        const batch = await Promise.race([stream.next(), over.then(() => 'over' as const)]);
        if (batch === 'over') return;
        if (batch === null) {
          this.cut += 1;
          return;
        }
        this.#take(batch);
      }
    } finally {
      this.open = undefined;
      stream.close();
    }
  }

  #take({ changes, cursor }: { changes: readonly ReadChange[]; cursor: string }): void {
    this.#cursor = cursor;
    this.revisions.push(...changes.map(({ revision }) => revision));
  }
}

it('every reader gets every change once and in order, whichever of two writing processes is killed meanwhile', async () => {
  const settings = { ...(await newPlace('fixture')).settings, RATE_LIMIT: 'off' };
  const database = openAt(readConfig(settings).database);
  afterwards(() => database.close());
  const workspace = found(fixture.tokens, ({ name }) => name === 'admin2').workspace_id as WorkspaceId;
  const one = await serve(settings);
  let other = await serve(settings);
  const anyServer = () => (Math.random() < 0.5 ? one : other);
  const anyClient = () => clientFor(anyServer().url, 'admin2');

  const start = await readLists(anyClient());
  const acknowledged: number[] = [];
  const stopWriting = new AbortController();
  const stopReading = new AbortController();
  const patient = new Follower(start.cursor, () => other, true);
  const followers = [patient, ...Array.from({ length: 3 }, () => new Follower(start.cursor, anyServer, false))];
  const following = followers.map((follower) => follower.follow(stopReading.signal));
  const writersOf = (url: string, who: string) =>
    Array.from({ length: WRITERS }, (_nothing, place) =>
      write(clientFor(url, 'admin2'), `${who} ${place}`, acknowledged, stopWriting.signal),
    );
  /** The contents of the tables at some of the revisions. */
  const states = new Map<number, unknown[]>();
  const looking = (async () => {
    for (; !stopWriting.signal.aborted; await setTimeout(100)) {
      const { replica, revision } = await readTables(database, workspace);
      states.set(revision, contents(replica));
    }
  })();

  const survivors = writersOf(one.url, 'one');
  for (let round = 0; round < 2; round += 1) {
    const killed = writersOf(other.url, `other ${round}`);
    const before = acknowledged.length;
    while (acknowledged.length < before + 20 || patient.open !== other) await setTimeout(1);
    await other.stop('SIGKILL');
    await Promise.all(killed);
    await expect.poll(() => patient.cut).toBe(round + 1);
    other = await serve(settings);
  }
  // A replica that starts while the writes go on.
  const late = await readLists(anyClient());
  stopWriting.abort();
  await Promise.all([...survivors, looking]);
  stopReading.abort();
  await Promise.all(following);

  const client = clientFor(one.url, 'admin2');
  const all = (await readChanges(client, start.cursor, 250)).changes;
  const revisions = all.map(({ revision }) => revision);
  expect(revisions).toEqual(Array.from({ length: revisions.length }, (_nothing, place) => place + 1));
  for (const follower of followers) expect(follower.revisions).toEqual(revisions);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  expect(acknowledged.filter((revision) => revision > revisions.length)).toEqual([]);

  const now = contents((await readLists(client)).replica);
  for (const change of all) {
    apply(start.replica, [change]);
    const state = states.get(change.revision);
    if (state) expect(contents(start.replica)).toEqual(state);
  }
  expect(states.size).toBeGreaterThan(5);
  expect(contents(start.replica)).toEqual(now);
  apply(late.replica, (await readChanges(client, late.cursor, 7)).changes);
  expect(contents(late.replica)).toEqual(now);

  expect(await Promise.all([one.stop(), other.stop()])).toEqual([0, 0]);
  expect(await campaigns(['check'], settings)).toMatchObject({ code: 0, stdout: 'The database is sound.\n' });
}, 120_000);
