import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { Groups } from '../../src/model/groups.ts';
import { afterwards } from '../support/afterwards.ts';
import { AUTHOR } from '../support/author.ts';
import { Client } from '../support/client.ts';
import { openAt } from '../support/engine.ts';
import { openStream } from '../support/stream.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

const WRITES = 40;
const READERS = 3;

const LIVE = `subscription ($first: Int) {
  changes(first: $first, from: OLDEST) { changes { revision fields { name after } } }
}`;

interface Data {
  readonly data: {
    readonly changes: {
      readonly changes: readonly {
        readonly revision: number;
        readonly fields: readonly { readonly after: unknown }[];
      }[];
    };
  };
}

/** Numbers from 0 to 1, the same in each run of the test. */
function randoms(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

it('readers that break off and come back see every change of two writers once, in order', async () => {
  const world = await openWorld();
  const { id, key } = await makeWorkspace(world.database);
  // The server knows as little of these connections as of those of another process.
  const elsewhere = openAt(readConfig(world.settings).database);
  afterwards(() => elsewhere.close());
  const client = new Client(world.url, key);
  const groups = new Groups(elsewhere, id, AUTHOR);
  const create = 'mutation ($name: String!) { createGroup(input: { name: $name }) { group { id } } }';

  const writing = Promise.all([
    (async () => {
      for (let n = 0; n < WRITES; n++) await client.data(create, { name: `Here ${n}` });
    })(),
    (async () => {
      const random = randoms(7);
      for (let n = 0; n < WRITES; n++) {
        await groups.create({ name: `There ${n}` });
        await wait(random() * 20);
      }
    })(),
  ]);

  const readers = Array.from({ length: READERS }, async (_nothing, reader) => {
    const random = randoms(reader + 1);
    const revisions: number[] = [];
    const names = new Set<unknown>();
    let cursor = '';
    while (revisions.length < 2 * WRITES) {
      const stream = await openStream(`${world.url}/graphql`, {
        headers: { authorization: `Bearer ${key}`, 'last-event-id': cursor },
        body: { query: LIVE, variables: { first: 1 + Math.floor(random() * 5) } },
      });
      for (let events = Math.ceil(random() * 6); events > 0 && revisions.length < 2 * WRITES; events--) {
        const event = await stream.next();
        if (!event) throw new Error(`the stream ended after ${revisions.length} changes`);
        cursor = event.id ?? '';
        for (const { revision, fields } of (event.data as Data).data.changes.changes) {
          revisions.push(revision);
          names.add(fields[0]?.after);
        }
      }
      stream.close();
    }
    return { revisions, names: names.size };
  });
  await writing;
  for (const { revisions, names } of await Promise.all(readers)) {
    expect(revisions).toEqual(Array.from({ length: 2 * WRITES }, (_nothing, place) => place + 1));
    expect(names).toBe(2 * WRITES);
  }
});
