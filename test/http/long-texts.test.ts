import assert from 'node:assert/strict';
import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { parseCredentials } from '../../src/access/credentials.ts';
import { decodeCursor } from '../../src/graphql/cursor.ts';
import { variableShapes } from '../../src/graphql/execution/shape.ts';
import { decodeChangeCursor } from '../../src/graphql/feed-cursor.ts';
import { fromGlobalId } from '../../src/graphql/global-id.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { countWords, searchWords } from '../../src/model/names.ts';
import { formMembers, MAX_FORM } from '../../src/rest/form.ts';
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

/**
 * The least time, in ms, that the work takes in twenty tries. The first ones are slower, before V8 has compiled it, and each may meet a pause
 * of the machine.
 */
function leastTime(work: () => void): number {
  const tries = Array.from({ length: 20 }, () => {
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

it('an import of long names is measured as soon as one of short names', () => {
  const document = parse('query ($rows: [CampaignImportRow!]!) { campaignImport(rows: $rows) { plan } }');
  const operation = getOperationAST(document);
  assert(operation);
  const shapes = variableShapes(createSchema(), operation);
  const timeOf = (name: string) => {
    const rows = Array.from({ length: 2_000 }, () => ({ name, group: name }));
    return leastTime(() => expect(shapes.representative({ rows })).toHaveProperty('rows.length', 2_000));
  };
  expect(timeOf('é'.repeat(380))).toBeLessThan(8 * timeOf('e'));
});

it('a long list is measured as soon as a short one', () => {
  const operation = getOperationAST(
    parse('query ($rows: [CampaignImportRow!]!) { campaignImport(rows: $rows) { plan } }'),
  );
  assert(operation);
  const shapes = variableShapes(createSchema(), operation);
  const timeOf = (length: number) => {
    const rows = Array.from({ length }, () => ({ name: 'a', group: 'b' }));
    return leastTime(() => expect(shapes.representative({ rows })).toHaveProperty('rows.length', length));
  };
  expect(timeOf(50_000)).toBeLessThan(20 * timeOf(250));
});

it.each([
  ['plus signs', 'name=', '+'],
  ['equals signs', '', '='],
  ['escapes', 'name=', '%C3%A9'],
])('a form of %s is read as soon as another one', (_title, start, text) => {
  const length = MAX_FORM - 'name='.length;
  const timeOf = (body: string) => leastTime(() => formMembers(body));
  const repeated = text.repeat(Math.floor(length / text.length));
  expect(timeOf(start + repeated)).toBeLessThan(8 * timeOf(`name=${'y'.repeat(length)}`));
});

it('the words of a long text are counted soon', () => {
  const operation = getOperationAST(
    parse('query ($text: String) { campaigns(filter: { search: $text }) { totalCount } }'),
  );
  assert(operation);
  const shapes = variableShapes(createSchema(), operation);
  const timeOf = (text: string) => leastTime(() => expect(shapes.keyOf({ text })).not.toBe(''));
  expect(timeOf(' '.repeat(900_000))).toBeLessThan(20 * timeOf('y'.repeat(900_000)));
  expect(shapes.keyOf({ text: '  a b  c ' })).toBe(shapes.keyOf({ text: 'a b c' }));
});

it('many different texts where an enum is expected make no long shape', () => {
  const document = 'query ($actions: [ChangeAction!]) { changes(filter: { actions: $actions }) { totalCount } }';
  const operation = getOperationAST(parse(document));
  assert(operation);
  const shapes = variableShapes(createSchema(), operation);
  const actions = ['CREATED', ...Array.from({ length: 49_000 }, (_, at) => `CREATE${at}`)];
  expect(shapes.keyOf({ actions }).length).toBeLessThan(100);
  expect(shapes.keyOf({ actions })).toContain('"CREATED"');
  expect(shapes.keyOf({ actions: 'CREATE'.repeat(100_000) }).length).toBeLessThan(100);
  expect(shapes.representative({ actions })).toBeNull();
});

it('searches whose words are longer together than any names are read soon, and find nothing', () => {
  const text = Array.from({ length: 32 }, (_, at) => `${at}${'\u0301\u0323'.repeat(250)}`).join(' ');
  const took = leastTime(() => {
    for (let times = 0; times < 100; times++) {
      expect(countWords(text)).toBe(32);
      expect(searchWords(text)).toBeNull();
    }
  });
  expect(took).toBeLessThan(200);
});

it('cursors and ids that are longer than any are refused soon', () => {
  const text = 'Q2FtcGFpZ246'.repeat(75_000);
  const list = { name: 'campaigns', orders: { name: { type: 'text' } } } as const;
  const took = leastTime(() => {
    for (let times = 0; times < 200; times++) {
      expect(decodeCursor(list, { field: 'name', direction: 'asc' }, text)).toBeNull();
      expect(decodeChangeCursor('changes', text)).toBeNull();
      expect(fromGlobalId(['Campaign'], text)).toBeNull();
    }
  });
  expect(took).toBeLessThan(200);
});

it.each([
  ['group of a campaign', 'createCampaign(input: { name: "x", group: { name: $text } }) { userErrors { message } }'],
  ['address of a member', 'inviteMember(input: { email: $text, role: VIEWER }) { userErrors { message } }'],
])('a long %s is in each error only with its beginning', async (_what, field) => {
  const fields = Array.from({ length: 10 }, (_, at) => `a${at}: ${field}`);
  const query = `mutation ($text: String!) { ${fields.join(' ')} }`;
  const { data } = await world.as('admin').ask(query, { text: 'y'.repeat(90_000) });
  const answer = JSON.stringify(data);
  expect(answer.match(/y{512}…/g)).toHaveLength(10);
  expect(answer.length).toBeLessThan(10_000);
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
