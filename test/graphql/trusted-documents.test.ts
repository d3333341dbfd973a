import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { manifestsIn, ManifestError, trustDocuments } from '../../src/graphql/execution/trusted-documents.ts';
import { readAnswer } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { openWorld } from '../support/world.ts';

const TEXT = 'query Viewer { viewer { role } }';
const HASH = createHash('sha256').update(TEXT).digest('hex');

function manifest(content: unknown): string[] {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'frontend.json'), JSON.stringify(content));
  writeFileSync(join(folder, 'README.md'), 'not a manifest');
  return manifestsIn(folder);
}

const off = trustDocuments('off', manifest({ [HASH]: TEXT, 'any-other-hash': '{ __typename }' }));
const only = trustDocuments('only', manifest({ [HASH]: TEXT, 'any-other-hash': '{ __typename }' }));
const byHash = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

describe.each([
  ['off', off],
  ['only', only],
])('with the policy %s', (_policy, trusted) => {
  test.each([
    ['a hash as Apollo sends it', byHash(HASH)],
    ['a hash with its algorithm, as the client preset writes it', byHash(`sha256:${HASH}`)],
    ['a documentId', { documentId: `sha256:${HASH}` }],
    ['a documentId without its algorithm', { documentId: HASH }],
  ])('runs the registered document of %s', (_name, body) => {
    const variables = { a: 1 };
    expect(trusted.admit({ ...body, variables })).toEqual({ request: { query: TEXT, variables, extensions: {} } });
  });

  test('keeps the other extensions, and takes away a hash that is not the SHA-256 of the text', () => {
    const body = { extensions: { ...byHash('any-other-hash').extensions, trace: true } };
    expect(trusted.admit(body)).toEqual({ request: { query: '{ __typename }', extensions: { trace: true } } });
  });

  test('runs a registered document that is sent in full', () => {
    expect(trusted.admit({ query: TEXT })).toEqual({ request: { query: TEXT } });
  });
});

describe('a manifest in Apollo’s format', () => {
  const operation = { id: HASH, name: 'Viewer', type: 'query', body: TEXT };
  const apollo = { format: 'apollo-persisted-query-manifest', version: 1, operations: [operation] };

  test('registers its operations', () => {
    const trusted = trustDocuments('only', manifest(apollo));
    expect(trusted.admit(byHash(HASH))).toEqual({ request: { query: TEXT, extensions: {} } });
    expect(trusted.admit({ query: TEXT })).toEqual({ request: { query: TEXT } });
    expect(trusted.admit(byHash('format'))).toMatchObject({ code: 'DOCUMENT_NOT_TRUSTED' });
    expect(trusted.operationNames).toEqual(['Viewer']);
  });

  test.each([
    ['of another version', { ...apollo, version: 2 }],
    ['without operations', { ...apollo, operations: undefined }],
    ['with an operation that is no object', { ...apollo, operations: [TEXT] }],
    ['with an operation without an id', { ...apollo, operations: [{ ...operation, id: undefined }] }],
    ['with an operation without a text', { ...apollo, operations: [{ ...operation, body: undefined }] }],
  ])('is refused when it is one %s', (_what, content) => {
    expect(() => trustDocuments('off', manifest(content))).toThrow(/frontend\.json .*apollo-persisted-query-manifest/);
  });
});

describe('any other document', () => {
  test.each([
    ['a text', { query: '{ viewer { role } }' }],
    ['a text with the hash of a registered one', { query: '{ viewer { role } }', ...byHash(HASH) }],
    ['a text beside a documentId', { query: '{ viewer { role } }', documentId: HASH }],
    ['an unknown hash', byHash('0'.repeat(64))],
    ['an unknown documentId', { documentId: '0'.repeat(64) }],
    ['a name of every object', byHash('toString')],
    ['nothing', {}],
    ['a batch', [{ query: TEXT }]],
  ])('is refused where only registered ones run: %s', (_name, body) => {
    expect(only.admit(body)).toMatchObject({ code: 'DOCUMENT_NOT_TRUSTED' });
  });

  test('is told that its hash is not known, or that one is needed', () => {
    expect(only.admit(byHash('0'.repeat(64)))).toMatchObject({ message: expect.stringMatching(/under this hash/) });
    expect(only.admit({})).toMatchObject({ message: expect.stringMatching(/send the hash of one/) });
  });

  test('is left to the server where any may be sent', () => {
    const body = { query: '{ viewer { role } }' };
    expect(off.admit(body)).toEqual({ request: body });
    expect(off.admit(byHash('0'.repeat(64)))).toEqual({ request: byHash('0'.repeat(64)) });
    expect(off.admit({ documentId: '0'.repeat(64) })).toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
  });
});

test.each([
  ['a list', [TEXT]],
  ['a text', TEXT],
  ['a document that is no text', { [HASH]: { text: TEXT } }],
])('refuses a manifest that is %s, and says which', (_name, content) => {
  expect(() => trustDocuments('off', manifest(content))).toThrow(ManifestError);
  expect(() => trustDocuments('off', manifest(content))).toThrow(/frontend\.json/);
});

test('refuses a manifest or a folder that cannot be read, and says which', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'frontend.json'));
  expect(() => trustDocuments('off', manifestsIn(folder))).toThrow(ManifestError);
  expect(() => trustDocuments('off', manifestsIn(folder))).toThrow(/frontend\.json cannot be read: EISDIR/);
  expect(() => manifestsIn(join(folder, 'none'))).toThrow(ManifestError);
});

describe('in an address', async () => {
  const world = await openWorld({
    trustedDocuments: 'only',
    trustedDocumentsFolder: dirname(manifest({ [HASH]: TEXT })[0] ?? ''),
  });
  const get = async (parameters: readonly (readonly [string, string])[]) => {
    const search = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]));
    return readAnswer(
      await fetch(`${world.url}/graphql?${search.toString()}`, {
        headers: { authorization: `Token ${tokenKey('admin')}`, accept: 'application/json' },
      }),
    );
  };
  const registered = { viewer: { role: 'ADMINISTRATOR' } };
  const other = '{ groups(first: 1) { nodes { name } } }';

  test.each([
    ['a documentId', [['documentId', `sha256:${HASH}`]]],
    ['a hash', [['extensions', JSON.stringify(byHash(HASH).extensions)]]],
    ['its text', [['query', TEXT]]],
  ] as const)('a registered document runs by %s', async (_name, parameters) => {
    expect((await get([...parameters, ['variables', '{}']])).data).toEqual(registered);
  });

  test.each([
    ['another text', 'DOCUMENT_NOT_TRUSTED', [['query', other]]],
    ['nothing', 'DOCUMENT_NOT_TRUSTED', []],
    [
      'another text behind a registered one',
      'BAD_REQUEST',
      [
        ['query', TEXT],
        ['query', other],
      ],
    ],
    [
      'another text before a registered one',
      'BAD_REQUEST',
      [
        ['query', other],
        ['query', TEXT],
      ],
    ],
    [
      'another text beside a documentId',
      'DOCUMENT_NOT_TRUSTED',
      [
        ['documentId', HASH],
        ['query', other],
      ],
    ],
  ] as const)('%s is refused with %s', async (_name, code, parameters) => {
    const { data, codes } = await get(parameters);
    expect([data, codes]).toEqual([null, [code]]);
  });
});
