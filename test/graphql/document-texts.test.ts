import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DocumentTexts, ENTRY, GENERATION } from '../../src/graphql/document-texts.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const stored = (texts: DocumentTexts, text: string) => texts.get(`apq:${sha256(text)}`);

/** `count` different documents of this length. */
function documents(count: number, length: number): string[] {
  return Array.from({ length: count }, (_, place) => `{ viewer { role } } # ${place}`.padEnd(length));
}

describe('a body with the hash of its document', () => {
  it('has all else that it had, and the text is found by the hash', async () => {
    const texts = new DocumentTexts();
    const body = { query: '{ viewer { role } }', variables: { a: 1 }, operationName: 'A' };
    expect(texts.withHash(body)).toEqual({
      variables: { a: 1 },
      operationName: 'A',
      extensions: { persistedQuery: { version: 1, sha256Hash: sha256(body.query) } },
    });
    expect(await stored(texts, body.query)).toBe(body.query);
    expect(body).toHaveProperty('query', '{ viewer { role } }');
  });

  it('has its other extensions, such as the name of the client', () => {
    const extensions = { clientLibrary: { name: '@apollo/client', version: '4.0.0' } };
    expect(new DocumentTexts().withHash({ query: '{ a }', extensions })).toEqual({
      extensions: { ...extensions, persistedQuery: { version: 1, sha256Hash: sha256('{ a }') } },
    });
  });

  it.each<[string, unknown]>([
    ['no object', 'query'],
    ['null', null],
    ['a list', [{ query: '{ viewer { role } }' }]],
    ['no text', { variables: {} }],
    ['an empty text', { query: '' }],
    ['a text of another type', { query: 1 }],
    ['a hash of its own', { query: '{ viewer { role } }', extensions: { persistedQuery: { version: 1 } } }],
    ['extensions that are none', { query: '{ viewer { role } }', extensions: 'x' }],
    ['null as extensions', { query: '{ viewer { role } }', extensions: null }],
  ])('is the body as it was, where that is or has %s', (_what, body) => {
    expect(new DocumentTexts().withHash(body)).toBe(body);
  });
});

it('a text that a client has registered is found', async () => {
  const texts = new DocumentTexts();
  await texts.set(`apq:${sha256('{ a }')}`, '{ a }');
  expect(await stored(texts, '{ a }')).toBe('{ a }');
});

it('texts are bounded, and the last ones are there', async () => {
  const texts = new DocumentTexts();
  const length = 10_000;
  const perGeneration = Math.floor(GENERATION / (length + ENTRY));
  const all = documents(5 * perGeneration, length);
  for (const query of all) {
    texts.withHash({ query });
    expect(texts.length).toBeLessThanOrEqual(2 * GENERATION);
  }
  for (const query of all.slice(-perGeneration)) expect(await stored(texts, query)).toBe(query);
  expect(await stored(texts, all[0] as string)).toBeUndefined();
});

it('very short texts are bounded by their number', async () => {
  const texts = new DocumentTexts();
  const all = Array.from({ length: 5 * (GENERATION / ENTRY) }, (_, place) => `{${place.toString(36)}}`);
  for (const query of all) texts.withHash({ query });
  const found = await Promise.all(all.map((query) => stored(texts, query)));
  expect(found.filter((text) => text !== undefined).length).toBeLessThanOrEqual((2 * GENERATION) / ENTRY);
  expect(found.at(-1)).toBe(all.at(-1));
});

it('a text that comes again and again stays', async () => {
  const texts = new DocumentTexts();
  const often = '{ viewer { role } }';
  for (const query of documents(1_000, 10_000)) {
    texts.withHash({ query: often });
    texts.withHash({ query });
    expect(await stored(texts, often)).toBe(often);
  }
});
