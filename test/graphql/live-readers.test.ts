import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { decodeChangeCursor } from '../../src/graphql/feed-cursor.ts';
import { startServer } from '../../src/server.ts';
import { afterwards } from '../support/afterwards.ts';
import type { ReadChange, Replica } from '../support/changes.ts';
import { apply, contents, readChanges, readLists, readTables, streamChanges } from '../support/changes.ts';
import { Client } from '../support/client.ts';
import { openAt } from '../support/engine.ts';
import { revisionOf } from '../support/revision.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
/** Two servers with separate connections to one database. They know as little of each other's writes as two processes would. */
const urls = [world.url, await openBeside()];

/** Starts another server on the database, with connections of its own. */
async function openBeside(): Promise<string> {
  const config = readConfig({ ...world.settings, HOST: '127.0.0.1', PORT: '0', RATE_LIMIT: 'off', DRAIN_DELAY: '0' });
  const database = openAt(config.database);
  const server = await startServer(config, database, pino({ level: 'silent' }));
  afterwards(async () => {
    await server.stop();
    await database.close();
  });
  return `http://127.0.0.1:${server.port}`;
}

/**
 * The writes that a test chooses from. A write with a type needs an existing object of that type: the object that it changes, or
 * the new campaign's group.
 */
const STEPS = [
  { mutation: 'createCampaign', type: 'GROUP', input: {} },
  { mutation: 'updateCampaign', type: 'CAMPAIGN', input: {} },
  { mutation: 'updateCampaign', type: 'CAMPAIGN', input: { archived: true } },
  { mutation: 'updateCampaign', type: 'CAMPAIGN', input: { archived: false } },
  { mutation: 'deleteCampaign', type: 'CAMPAIGN', input: {} },
  { mutation: 'createGroup', type: null, input: {} },
  { mutation: 'updateGroup', type: 'GROUP', input: {} },
  { mutation: 'deleteGroup', type: 'GROUP', input: {} },
] as const;

/** The index of one of the two servers. */
const SERVER = fc.nat(1);
const STEP = fc.record({
  step: fc.constantFrom(STEPS[0], STEPS[5], ...STEPS),
  /** The index that selects one of the existing objects, modulo their number. */
  place: fc.nat(1_000),
  server: SERVER,
});
/**
 * A reader's next step. With 0 `batches` it reads all changes so far, in pages of `first`. Otherwise it reads this many batches of
 * a stream, and closes the stream.
 */
const TURN = fc.record({ batches: fc.nat(4), first: fc.integer({ min: 1, max: 5 }), server: SERVER });
const READER = fc.record({
  /** The reader starts to read the lists after this many writes. */
  begins: fc.nat(12),
  page: fc.integer({ min: 1, max: 4 }),
  server: SERVER,
  turns: fc.array(TURN, { minLength: 1, maxLength: 8 }),
});
type Step = typeof STEP extends fc.Arbitrary<infer Value> ? Value : never;
type Reader = typeof READER extends fc.Arbitrary<infer Value> ? Value : never;

/** The group whose creation is the last change. */
const END = 'The end';

/** A reader's copy of the lists. */
interface Copy {
  readonly replica: Replica;
  readonly cursor: string;
  /**
   * From this revision on, the copy equals the tables. Before it, the copy may contain newer rows, because its pages were read one
   * after the other.
   */
  readonly whole: number;
}

/** All changes that a reader received, and the reader's copy after each of them. */
interface Followed {
  readonly revisions: readonly number[];
  readonly copies: ReadonlyMap<number, unknown[]>;
}

class Workspace {
  /** The contents of the tables by revision. */
  readonly states = new Map<number, unknown[]>();
  readonly #id: WorkspaceId;
  readonly #key: string;
  #replica: Replica = new Map();
  #written = 0;

  constructor({ id, key }: { readonly id: WorkspaceId; readonly key: string }) {
    this.#id = id;
    this.#key = key;
  }

  /** Runs the writes in groups of `together` at a time, and records the contents of the tables after each group. */
  async write(steps: readonly Step[], together: number): Promise<void> {
    for (let start = 0; start < steps.length; start += together) {
      await Promise.all(steps.slice(start, start + together).map((step) => this.#take(step)));
      await this.#note();
    }
  }

  async end(): Promise<void> {
    await this.#client(0).data('mutation ($name: String!) { createGroup(input: { name: $name }) { group { id } } }', {
      name: END,
    });
    await this.#note();
  }

  async #take({ step: { mutation, type, input }, place, server }: Step): Promise<void> {
    const name = `Name ${(this.#written += 1)}`;
    const found = [...this.#replica.keys()].filter((key) => type !== null && key.startsWith(type));
    const uuid = found[place % found.length]?.split(' ')[1];
    if (type !== null && uuid === undefined) return;
    const named = 'archived' in input || mutation.startsWith('delete') ? {} : { name };
    const inputType = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
    await this.#client(server).data(
      `mutation ($input: ${inputType}) { ${mutation}(input: $input) { userErrors { code } } }`,
      { input: { ...input, ...named, ...(mutation === 'createCampaign' ? { group: { uuid } } : uuid && { uuid }) } },
    );
  }

  async #note(): Promise<void> {
    const { replica, revision } = await readTables(world.database, this.#id);
    this.#replica = replica;
    this.states.set(revision, contents(replica));
  }

  async copy({ begins, server, page }: Reader): Promise<Copy> {
    while (this.#written < begins) await wait(1);
    const lists = await readLists(this.#client(server), page);
    return { ...lists, whole: await revisionOf(world.database, this.#id) };
  }

  /** Applies changes to the copy until the last change. */
  async follow({ replica, cursor: start, whole }: Copy, { turns }: Reader): Promise<Followed> {
    const copies = new Map<number, unknown[]>();
    const revisions: number[] = [];
    const at = { cursor: start, done: false };
    const take = (read: { readonly changes: readonly ReadChange[]; readonly cursor: string }) => {
      at.cursor = read.cursor;
      for (const change of read.changes) {
        apply(replica, [change]);
        revisions.push(change.revision);
        if (change.revision >= whole) copies.set(change.revision, contents(replica));
        at.done ||= change.fields.some(({ after }) => after === END);
      }
    };
    for (let turn = 0; !at.done; turn += 1) {
      const { server, first, batches } = turns[turn % turns.length] ?? { server: 0, first: 1, batches: 0 };
      if (batches === 0) {
        take(await readChanges(this.#client(server), at.cursor, first));
        await wait(1);
        continue;
      }
      const stream = await streamChanges(urls[server] ?? '', this.#key, at.cursor, first);
      for (let left = batches; left > 0 && !at.done; left -= 1) {
        const batch = await stream.next();
        if (!batch) throw new Error('the stream has ended');
        take(batch);
      }
      stream.close();
    }
    return { revisions, copies };
  }

  #client(server: number): Client {
    return new Client(urls[server] ?? '', this.#key);
  }
}

it('a copy made of the lists and the changes is what the tables were, at every revision, however its reader reads', async () => {
  const property = fc.asyncProperty(
    fc.array(STEP, { minLength: 12, maxLength: 25 }),
    // Single writes let the test see every revision. Concurrent writes test that writers do not disturb each other.
    fc.constantFrom(1, 1, 2, 4),
    fc.array(READER, { minLength: 1, maxLength: 3 }),
    async (steps, together, readers) => {
      const made = await makeWorkspace(world.database);
      const workspace = new Workspace(made);
      const copying = readers.map((reader) => workspace.copy(reader));
      const following = copying.map(async (copy, place) => workspace.follow(await copy, readers[place] as Reader));
      await workspace.write(steps, together);
      await Promise.all(copying);
      await workspace.end();
      const last = await revisionOf(world.database, made.id);
      const numbers = Array.from({ length: last }, (_nothing, place) => place + 1);
      if (together === 1) expect([...workspace.states.keys()].filter((one) => one > 0)).toEqual(numbers);
      for (const [place, { revisions, copies }] of (await Promise.all(following)).entries()) {
        const start = decodeChangeCursor('changes', (await copying[place])?.cursor ?? '')?.revision;
        expect(revisions).toEqual(numbers.slice(start));
        expect(copies.has(last)).toBe(true);
        for (const [revision, copy] of copies) {
          const state = workspace.states.get(revision);
          if (state) expect({ revision, copy }).toEqual({ revision, copy: state });
        }
      }
    },
  );
  await fc.assert(property, { numRuns: 4, endOnFailure: true });
}, 60_000);
