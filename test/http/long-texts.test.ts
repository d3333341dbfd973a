import { describe, expect, it } from 'vitest';
import { parseCredentials } from '../../src/access/credentials.ts';
import { countWords, searchWords } from '../../src/model/names.ts';
import { tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();

/** Without a limit, trimming or normalizing these texts would take time that grows with the square of their length. */
const LONG = {
  'white space within': `a${' '.repeat(400_000)}b`,
  'two accents by turns': `a${'\u0301\u0323'.repeat(150_000)}`,
  'a ligature of 18 letters': 'ﷺ'.repeat(300_000),
};

/** In ms. Right answers take much less even on a slow machine. Time that grows with the square of the length is much longer. */
const SOON = 1_500;

/** The least time, in ms, that the work takes in three tries. A single try may meet a pause of the machine. */
function leastTime(work: () => void): number {
  const tries = Array.from({ length: 3 }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return Math.min(...tries);
}

describe.each(Object.entries(LONG))('a text that is too long, with %s', (_title, text) => {
  async function post(path: string, body: object) {
    const started = performance.now();
    const response = await fetch(`${world.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Token ${tokenKey('editor')}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = await response.text();
    return { response, answer, took: performance.now() - started };
  }

  it.each(['/api/v2/campaigns.json', '/api/v2/groups.json'])('is refused soon as a name by %s', async (path) => {
    const { response, answer, took } = await post(path, { name: text, group: 'Reporters' });
    expect(response.status).toBe(400);
    expect(answer).toContain('no more than 64 characters.');
    expect(took).toBeLessThan(SOON);
  });

  it('names no group, soon', async () => {
    const { response, took } = await post('/api/v2/campaigns.json', { name: 'Vaccines 2', group: text });
    expect(response.status).toBe(400);
    expect(took).toBeLessThan(SOON);
  });

  it.each(['campaigns', 'groups', 'members'])('is searched soon in %s', async (list) => {
    const query = `query ($text: String) { ${list}(filter: { search: $text }) { totalCount } }`;
    const { response, took } = await post('/graphql', { query, variables: { text } });
    expect(response.status).toBe(200);
    expect(took).toBeLessThan(SOON);
  });

  it('is refused soon as a place in a list', async () => {
    const query = `query ($text: String!) {
      campaigns(orderBy: { field: NAME }, startAt: { name: $text }) { totalCount }
    }`;
    const { answer, took } = await post('/graphql', { query, variables: { text } });
    expect(answer).toContain('longer than any name');
    expect(took).toBeLessThan(SOON);
  });
});

it.each([
  [
    '64 words of accents by turns',
    Array.from({ length: 64 }, (_, at) => `${at}${'\u0301\u0323'.repeat(255)}`).join(' '),
  ],
  ['900 of them', Array.from({ length: 900 }, (_, at) => `${at}${'\u0301\u0323'.repeat(255)}`).join(' ')],
  ['many words', '日 '.repeat(300_000)],
])('a search for %s is read soon', (_title, text) => {
  const took = leastTime(() => {
    countWords(text);
    searchWords(text);
  });
  expect(took).toBeLessThan(200);
});

it('the last word of a search counts, however many there are before it', () => {
  expect(searchWords(`${'a '.repeat(900)}b`)).toEqual(['a', 'b']);
  expect(searchWords(`${'a '.repeat(2_000)}b`)).toBeNull();
  expect(countWords(`${'a '.repeat(2_000)}b`)).toBeGreaterThan(32);
});

it('an Authorization header of white space is read soon', () => {
  const header = `Token a${' '.repeat(200_000)}b`;
  const took = leastTime(() => {
    expect(parseCredentials(header, ['token'])).toEqual({ problem: 'token-spaces' });
  });
  expect(took).toBeLessThan(200);
});
