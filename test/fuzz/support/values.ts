import fc from 'fast-check';
import { fixture, tokenKey } from '../../support/fixture.ts';
import type { World } from '../../support/world.ts';
import { OWN } from './world.ts';

// Values for requests: some are correct, and some are nearly correct.

const own = <Row extends { readonly workspace_id: number }>(rows: readonly Row[]) =>
  rows.filter(({ workspace_id }) => workspace_id === OWN);
const others = <Row extends { readonly workspace_id: number }>(rows: readonly Row[]) =>
  rows.filter(({ workspace_id }) => workspace_id !== OWN).slice(0, 40);

/** Text of any kind. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constantFrom(
    ...['', ' ', '\0', '\u202e', '\ufeff', '\ud800', '%', '_', '%_\\', "' or 1=1 --", '"; drop table campaigns; --'],
    ...[
      '__proto__',
      'constructor',
      'toString',
      'null',
      'undefined',
      'NaN',
      '{{7*7}}',
      '${7*7}',
      '<script>',
      '../../etc',
    ],
    ...['\r\nSet-Cookie: a=b', 'ß', 'İ', 'e\u0301', '😀'.repeat(64), 'x'.repeat(65), 'a'.repeat(5_000)],
  ),
);

/** Changes a text a little: cuts it, or removes, replaces, inserts, doubles or changes the case of a part. */
export function mutated(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const change = fc.record({
    what: fc.constantFrom('cut', 'remove', 'replace', 'insert', 'double', 'swap case'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    by: fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
  });
  return fc.tuple(text, fc.array(change, { minLength: 1, maxLength: 3 })).map(([whole, changes]) =>
    changes.reduce((old, { what, at, by }) => {
      const place = Math.floor(at * old.length);
      const [before, after] = [old.slice(0, place), old.slice(place)];
      switch (what) {
        case 'cut':
          return before;
        case 'remove':
          return before + after.slice(1);
        case 'replace':
          return before + by + after.slice(by.length);
        case 'insert':
          return before + by + after;
        case 'double':
          return before + after + after;
        default:
          return (
            before +
            after.replace(/[a-z]/gi, (letter) =>
              letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
            )
          );
      }
    }, whole),
  );
}

/**
 * Mostly this value, and sometimes another one. If most requests were refused early, the tests would reach little of the server.
 */
export function usually<Value>(value: Value, otherwise: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ arbitrary: fc.constant(value), weight: 12 }, otherwise);
}

/** Mostly a correct value, and sometimes a nearly correct one or any text. */
export function mostly(right: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(
    { arbitrary: right, weight: 7 },
    { arbitrary: mutated(right), weight: 2 },
    { arbitrary: texts, weight: 1 },
  );
}

const objects = [...own(fixture.campaigns), ...own(fixture.groups)];
const objectsOfOthers = [...others(fixture.campaigns), ...others(fixture.groups)];

export const uuids = mostly(
  fc.oneof(
    fc.constantFrom(...objects.map(({ uuid }) => uuid)),
    fc.constantFrom(...objectsOfOthers.map(({ uuid }) => uuid)),
    fc.uuid(),
  ),
);

/**
 * Names of existing campaigns and groups, and new names. Names of other workspaces are left out, because a response may repeat the
 * names of its request.
 */
export const names = mostly(
  fc.oneof(fc.constantFrom(...objects.map(({ name }) => name)), fc.string({ minLength: 1, maxLength: 20 })),
);

export const times = mostly(
  fc.oneof(
    fc
      .date({ noInvalidDate: true, min: new Date('0001-01-02'), max: new Date('9999-12-30') })
      .map((date) => date.toISOString()),
    fc.constantFrom(
      '2024',
      '2024-05',
      '20240530',
      '2024-05-30 16:10',
      '2024-05-30T19:10:47.123456789+03:00',
      '2024-02-30',
    ),
  ),
);

/** Global ids of objects of this workspace, of objects of other workspaces, and of unknown types. */
export const globalIds = mostly(
  fc
    .tuple(
      fc.constantFrom('Campaign', 'Group', 'Viewer', 'Workspace', '__proto__'),
      fc.constantFrom(...[...objects, ...objectsOfOthers].map(({ uuid }) => uuid)),
    )
    .map(([type, uuid]) => Buffer.from(`${type}:${uuid}`).toString('base64url')),
);

/** Cursors that the server has made: for both lists, in every order, in this workspace and in another one. */
export async function readCursors(world: World): Promise<fc.Arbitrary<string>> {
  const found: string[] = [];
  for (const token of ['admin2', 'admin'] as const) {
    for (const list of ['campaigns', 'groups']) {
      for (const field of ['CREATED', 'NAME']) {
        const { [list]: page } = await world
          .as(token)
          .data<Record<string, { edges: { cursor: string }[] }>>(
            `{ ${list}(first: 10, orderBy: { field: ${field} }) { edges { cursor } } }`,
          );
        found.push(...(page?.edges ?? []).map(({ cursor }) => cursor));
      }
    }
  }
  const decoded = mutated(fc.constantFrom(...found.map((cursor) => Buffer.from(cursor, 'base64url').toString('utf8'))));
  return fc.oneof(
    mostly(fc.constantFrom(...found)),
    decoded.map((text) => Buffer.from(text).toString('base64url')),
  );
}

/** Keys of this workspace's tokens. The user of the last one has no access. */
const KEYS = (['editor2', 'admin2', 'both2', 'agent2'] as const).map(tokenKey);

/** Authorization headers. With most of them a request reaches the data. */
export const authorizations: fc.Arbitrary<string | undefined> = fc.oneof(
  { arbitrary: fc.constantFrom(...KEYS.slice(0, 3)).map((key) => `Token ${key}`), weight: 16 },
  fc.constant(undefined),
  mostly(
    fc
      .tuple(
        fc.constantFrom('Token ', 'bearer ', 'BASIC ', 'Digest ', ''),
        fc.oneof(fc.constantFrom(...KEYS), fc.base64String(), texts),
      )
      .map((parts) => parts.join('')),
  ),
);

/** Values of Content-Encoding. The bodies in these tests are never encoded. */
export const encodings = usually<string | undefined>(
  undefined,
  fc.constantFrom('gzip', 'br', 'deflate', 'identity', 'x'),
);

/** The text as a header value: one byte for each character, without the characters that node:http refuses to send. */
export function headerValue(text: string): string {
  return Buffer.from(text)
    .toString('latin1')
    .replaceAll(/[^\t -~\x80-\xff]/g, '');
}
