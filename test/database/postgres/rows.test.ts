import fc from 'fast-check';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { RowSplitter } from '../../../src/database/postgres/row-splitter.ts';
import { afterwards } from '../../support/afterwards.ts';
import { newPostgresPlace, openAt } from '../../support/engine.ts';

const { address } = await newPostgresPlace('tables');
const database = openAt({ ...address, connections: 2 });
/** A node-postgres connection without this program's own row reader. */
const plain = new pg.Client({ connectionString: address.url });
await plain.connect();
afterwards(() => Promise.all([database.close(), plain.end()]));

/** The rows as this program reads them, and as node-postgres reads them. */
async function bothRead(query: string): Promise<[unknown[], unknown[]]> {
  const { rows } = await sql<object>`${sql.raw(query)}`.execute(database.reader.db);
  return [rows, (await plain.query(query)).rows];
}

describe('rows', () => {
  it.each([
    ['texts', "select 'plain' a, '' b, 'été 日本 \u{1F600}' c, null::text d, 'v'::varchar(9) e"],
    ['whole numbers', 'select 0::int4 a, -1::int4 b, 2147483647::int4 c, (-32768)::int2 d, null::int4 e'],
    [
      'truths, times and lists',
      "select true a, '2020-02-02T01:02:03Z'::timestamptz b, array['x', null] c, '{}'::text[] d",
    ],
    ['fractions and JSON', `select 1.5::numeric a, -2.25::float8 b, '{"x": [1]}'::jsonb c, '\\x0102'::bytea d`],
    ['none', 'select 1 a where false'],
    ['without columns', 'select from generate_series(1, 3)'],
    ['many, in several pieces', 'select n, repeat(n::text, 200) long from generate_series(1::int4, 2000) n'],
    ['one that is longer than a piece', "select repeat('0123456789', 50000) long, 1::int4 n"],
  ])('are as node-postgres reads them: %s', async (_what, query) => {
    const [ours, theirs] = await bothRead(query);
    expect(ours).toEqual(theirs);
  });

  it('of 64 bits are numbers', async () => {
    const { rows } =
      await sql`select 0::int8 a, -1::int8 b, 9007199254740991 c, -9007199254740991 d, null::int8 e`.execute(
        database.reader.db,
      );
    expect(rows).toEqual([{ a: 0, b: -1, c: Number.MAX_SAFE_INTEGER, d: Number.MIN_SAFE_INTEGER, e: null }]);
  });

  it('of a kept statement are the same each time, though it is described only once', async () => {
    const read = (from: number) =>
      database.reader.all('some numbers', { from }, (db, slots) =>
        db.selectNoFrom([sql<number>`${slots.from}::int4`.as('number'), sql<null>`null::int4`.as('nothing')]),
      );
    const found = [];
    for (const from of [1, 2, 3]) found.push(...(await read(from)));
    expect(found).toEqual([1, 2, 3].map((number) => ({ number, nothing: null })));
  });
});

describe('what a server sends', () => {
  const message = fc.tuple(
    fc.constantFrom('D', 'C', 'T', 'Z', '1'),
    fc.uint8Array({ maxLength: 40 }).map((body) => Buffer.from(body)),
  );

  const bytesOf = ([type, body]: readonly [string, Buffer]): Buffer => {
    const header = Buffer.alloc(5);
    header.write(type);
    header.writeInt32BE(4 + body.length, 1);
    return Buffer.concat([header, body]);
  };

  it('is taken apart into rows and all else, in its order, wherever its pieces end', () => {
    fc.assert(
      fc.property(
        fc.array(message),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
        (messages, lengths) => {
          const sent = Buffer.concat(messages.map(bytesOf));
          const taken: Buffer[] = [];
          const rows: number[] = [];
          const splitter = new RowSplitter(
            ({ bytes, start }) => {
              // Everything before a row has been passed on before the row.
              rows.push(Buffer.concat(taken).length);
              taken.push(bytes.subarray(start - 5, start + bytes.readInt32BE(start - 4) - 4));
            },
            (bytes) => taken.push(bytes),
          );
          for (let place = 0, piece = 0; place < sent.length; piece += 1) {
            const end = place + (lengths[piece % lengths.length] ?? 1);
            splitter.take(sent.subarray(place, end));
            place = end;
          }
          expect(Buffer.concat(taken)).toEqual(sent);
          const begins = messages.map((_message, place) => Buffer.concat(messages.slice(0, place).map(bytesOf)).length);
          expect(rows).toEqual(begins.filter((_begin, place) => messages[place]?.[0] === 'D'));
        },
      ),
    );
  });
});
