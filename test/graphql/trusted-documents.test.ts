import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { manifestsIn, ManifestError, trustDocuments } from '../../src/graphql/execution/trusted-documents.ts';
import { temporaryFolder } from '../support/folder.ts';

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
    expect(trusted.admitBody({ ...body, variables })).toEqual({ request: { query: TEXT, variables, extensions: {} } });
  });

  test('keeps the other extensions, and takes away a hash that is not the SHA-256 of the text', () => {
    const body = { extensions: { ...byHash('any-other-hash').extensions, trace: true } };
    expect(trusted.admitBody(body)).toEqual({ request: { query: '{ __typename }', extensions: { trace: true } } });
  });

  test('runs registered documents that are named in an address', () => {
    for (const search of [
      `?documentId=sha256:${HASH}&variables=%7B%7D`,
      `?variables=%7B%7D&extensions=${encodeURIComponent(JSON.stringify(byHash(HASH).extensions))}`,
    ]) {
      const admitted = trusted.admitSearch(search);
      const parameters = new URLSearchParams('request' in admitted ? admitted.request : '');
      expect(parameters.get('query')).toBe(TEXT);
      expect(parameters.get('variables')).toBe('{}');
      expect(parameters.get('extensions') ?? '{}').toBe('{}');
    }
  });

  test('runs a registered document that is sent in full', () => {
    expect(trusted.admitBody({ query: TEXT })).toEqual({ request: { query: TEXT } });
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
    expect(only.admitBody(body)).toMatchObject({ code: 'DOCUMENT_NOT_TRUSTED' });
  });

  test('is told that its hash is not known, or that one is needed', () => {
    expect(only.admitBody(byHash('0'.repeat(64)))).toMatchObject({ message: expect.stringMatching(/under this hash/) });
    expect(only.admitBody({})).toMatchObject({ message: expect.stringMatching(/send the hash of one/) });
  });

  test('is refused in an address too', () => {
    expect(only.admitSearch(`?query=${encodeURIComponent('{ viewer { role } }')}`)).toMatchObject({
      code: 'DOCUMENT_NOT_TRUSTED',
    });
    expect(only.admitSearch('')).toMatchObject({ code: 'DOCUMENT_NOT_TRUSTED' });
  });

  test('is left to the server where any may be sent', () => {
    const body = { query: '{ viewer { role } }' };
    expect(off.admitBody(body)).toEqual({ request: body });
    expect(off.admitBody(byHash('0'.repeat(64)))).toEqual({ request: byHash('0'.repeat(64)) });
    expect(off.admitBody({ documentId: '0'.repeat(64) })).toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
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
