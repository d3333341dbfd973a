import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { apply, contents, readChanges, readLists } from '../support/changes.ts';
import type { Client } from '../support/client.ts';
import { clientFor } from '../support/client.ts';
import { ENGINE, newPlace } from '../support/engine.ts';
import { FIXTURE } from '../support/fixture.ts';
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

/** Writes at random until the server is gone or `stop` aborts. Notes the revision of each acknowledged create. */
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

/** Reads all changes, a few at a time, with pauses, until `stop` aborts and nothing is left. */
async function follow(clients: () => Client, cursor: string, stop: AbortSignal): Promise<number[]> {
  const seen: number[] = [];
  let at = cursor;
  for (let last = false; !last;) {
    last = stop.aborted;
    const read = await readChanges(clients(), at, 1 + Math.floor(Math.random() * 20)).catch(() => null);
    if (read === null) {
      // The server has been killed: the reader goes on from its cursor at another one.
      last = false;
      await setTimeout(20);
      continue;
    }
    at = read.cursor;
    seen.push(...read.changes.map(({ revision }) => revision));
    await setTimeout(Math.random() * 30);
  }
  return seen;
}

it('every reader gets every change once and in order, whichever of two writing processes is killed meanwhile', async () => {
  const settings = { ...(await newPlace()).settings, RATE_LIMIT: 'off' };
  expect((await campaigns(['load', FIXTURE], settings)).code).toBe(0);
  const one = await serve(settings);
  let other = await serve(settings);
  const clientOf = () => clientFor((Math.random() < 0.5 ? one : other).url, 'admin2');

  const start = await readLists(clientOf());
  const acknowledged: number[] = [];
  const stopWriting = new AbortController();
  const stopReading = new AbortController();
  const readers = Array.from({ length: 3 }, () => follow(clientOf, start.cursor, stopReading.signal));
  const writersOf = (url: string, who: string) =>
    Array.from({ length: WRITERS }, (_nothing, place) =>
      write(clientFor(url, 'admin2'), `${who} ${place}`, acknowledged, stopWriting.signal),
    );

  const survivors = writersOf(one.url, 'one');
  for (let round = 0; round < 2; round += 1) {
    const killed = writersOf(other.url, `other ${round}`);
    const before = acknowledged.length;
    while (acknowledged.length < before + 20) await setTimeout(1);
    await other.stop('SIGKILL');
    await Promise.all(killed);
    other = await serve(settings);
  }
  // A replica that begins in the middle of the writing.
  const late = await readLists(clientOf());
  stopWriting.abort();
  await Promise.all(survivors);
  stopReading.abort();

  const client = clientFor(one.url, 'admin2');
  const all = (await readChanges(client, start.cursor, 250)).changes;
  const revisions = all.map(({ revision }) => revision);
  expect(revisions).toEqual(Array.from({ length: revisions.length }, (_nothing, place) => place + 1));
  for (const seen of await Promise.all(readers)) expect(seen).toEqual(revisions);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  expect(acknowledged.filter((revision) => revision > revisions.length)).toEqual([]);

  const now = contents((await readLists(client)).replica);
  apply(start.replica, all);
  expect(contents(start.replica)).toEqual(now);
  apply(late.replica, (await readChanges(client, late.cursor, 7)).changes);
  expect(contents(late.replica)).toEqual(now);

  expect(await Promise.all([one.stop(), other.stop()])).toEqual([0, 0]);
  expect(await campaigns(['check'], settings)).toMatchObject({ code: 0, stdout: 'The database is sound.\n' });
}, 120_000);
