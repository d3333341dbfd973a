import { describe, expect, test, vi } from 'vitest';
import { BODY_LIMIT } from '../../src/http/body.ts';
import { KEPT_HOURS } from '../../src/model/idempotent-writes.ts';
import { CSV_LIMIT } from '../../src/rest/csv-import.ts';
import { describe as readDescription } from '../../src/rest/docs/description.ts';
import { ADDED_ENDPOINTS, ENDPOINTS } from '../../src/rest/endpoints.ts';
import { MAX_FORM } from '../../src/rest/form.ts';
import { MAX_HEAD, MAX_PARTS } from '../../src/rest/multipart.ts';
import { PAGE_SIZE } from '../../src/rest/page.ts';
import { QueryParameters } from '../../src/rest/query-parameters.ts';
import { fixture } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';
import { problems } from './support/openapi.ts';

const { rest } = await openWorld();

const { info, paths, tags } = readDescription('http://localhost:4000');

test('the description has the endpoints of the router, and their methods', () => {
  const described = Object.entries(paths)
    .filter(([path]) => path.endsWith('.json') && path !== '/openapi.json')
    .map(([path, operations]) => [path, Object.keys(operations).map((method) => method.toUpperCase())]);
  const added = Object.entries(ADDED_ENDPOINTS).map(([name, methods]) => [`/${name}.json`, methods]);
  expect(described).toEqual([
    ...Object.entries(ENDPOINTS).map(([name, methods]) => [`/${name}.json`, Object.keys(methods)]),
    ...added,
  ]);
  expect(tags.map(({ name }) => name)).toEqual([...Object.keys({ ...ENDPOINTS, ...ADDED_ENDPOINTS }), 'description']);
});

const operations = [
  ...Object.entries(ENDPOINTS).flatMap(([name, methods]) => Object.keys(methods).map((method) => ({ name, method }))),
  ...Object.entries(ADDED_ENDPOINTS).flatMap(([name, methods]) => methods.map((method) => ({ name, method }))),
];

test.each(operations)(
  'the description of $method $name has the parameters of the address that are read, and no others',
  async ({ name, method }) => {
    const read = new Set<string>();
    const spies = [
      vi.spyOn(QueryParameters.prototype, 'last').mockImplementation((parameter) => void read.add(parameter)),
      vi.spyOn(QueryParameters.prototype, 'time').mockImplementation((parameter) => void read.add(parameter)),
      vi.spyOn(QueryParameters.prototype, 'filteredUuid').mockImplementation(() => void read.add('uuid')),
      vi.spyOn(QueryParameters.prototype, 'changedUuid').mockImplementation(() => void read.add('uuid')),
    ];
    try {
      await rest.ask(`/${name}.json`, { method, ...(method === 'POST' && { body: {} }) });
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    const operation = paths[`/${name}.json`]?.[method.toLowerCase() as 'get'];
    const described = (operation?.parameters ?? []).filter((parameter) => parameter.in === 'query');
    expect(described.map((parameter) => parameter.name).toSorted()).toEqual([...read].toSorted());
  },
);

test('the description allows the names of a mirror, which may be longer than 64 characters', async () => {
  const lengthen = <Row extends { readonly name: string }>(row: Row): Row => ({
    ...row,
    name: row.name.padEnd(100, '+'),
  });
  const mirrored = { ...fixture, groups: fixture.groups.map(lengthen), campaigns: fixture.campaigns.map(lengthen) };
  const { rest: client } = await openWorld({}, mirrored);
  const campaigns = await client.ask('/campaigns.json');
  expect(campaigns.json).toHaveProperty('results.0.name', expect.stringMatching(/^.{100}$/su));
  expect(problems('#/components/schemas/CampaignPage', campaigns.json, 'body')).toEqual([]);
  const groups = await client.ask('/groups.json');
  expect(problems('#/components/schemas/GroupPage', groups.json, 'body')).toEqual([]);
});

test('the description has the header Idempotency-Key where it counts', () => {
  const having = operations.filter(({ name, method }) =>
    paths[`/${name}.json`]?.[method.toLowerCase() as 'get']?.parameters?.some(
      (parameter) => parameter.in === 'header' && parameter.name === 'Idempotency-Key',
    ),
  );
  expect(having).toEqual(operations.filter(({ method }) => method === 'POST'));
});

describe('what the description says of limits', () => {
  test.each([
    ['bytes of a body', `at most ${BODY_LIMIT.toLocaleString('en')} bytes`],
    ['bytes of a file', `\`campaigns.csv\` ${CSV_LIMIT.toLocaleString('en')} bytes`],
    ['bytes of a form', `A form can have at most ${MAX_FORM.toLocaleString('en')} bytes`],
    ['parts of a form', `${MAX_PARTS.toLocaleString('en')} parts`],
    ["bytes of a part's headers", `${MAX_HEAD.toLocaleString('en')} bytes of headers`],
    ['objects of a page', `pages of ${PAGE_SIZE}`],
    ['hours for which a result is kept', `for ${KEPT_HOURS} hours`],
  ])('%s', (_, words) => {
    expect(info.description.replaceAll(/\s+/g, ' ')).toContain(words);
  });

  test.each(['/campaigns.json', '/groups.json'])('the 413 of %s', (path) => {
    const limits = [BODY_LIMIT, MAX_FORM].map((limit) => limit.toLocaleString('en'));
    expect(paths[path]?.post?.responses['413']?.description.match(/[\d,]*\d/g)).toEqual(limits);
  });
});

test('the description is served with the address that was asked for', async () => {
  const { json, headers } = await rest.ask('/openapi.json', { as: null, headers: { Host: 'api.example:8443' } });
  expect(json).toMatchObject({ openapi: '3.1.0', servers: [{ url: 'http://api.example:8443/api/v2' }] });
  expect(JSON.stringify(json)).not.toContain('localhost');
  expect(headers.get('content-type')).toBe('application/json');
});

/** For each endpoint: the number of parameters that TextIt and RapidPro do not have. */
const ADDITIONS: Record<string, number> = { campaigns: 3, groups: 1, changes: 4, workspace: 0 };

describe.each(Object.keys({ ...ENDPOINTS, ...ADDED_ENDPOINTS }))('the page of %s', (name) => {
  test('has every parameter, field, answer and example of the description', async () => {
    const { status, headers, body } = await rest.ask(`/${name}`, { as: null, headers: { Accept: 'text/html' } });
    const page = body.toString();
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    for (const operation of Object.values(paths[`/${name}.json`] ?? {})) {
      expect(page).toContain(`>${operation.summary}</h2>`);
      for (const parameter of operation.parameters ?? []) expect(page).toContain(`<code>${parameter.name}</code>`);
      for (const [answer, { content }] of Object.entries(operation.responses)) {
        expect(page).toContain(`">${answer}</span>`);
        const { schema, examples = {} } = content?.['application/json'] ?? {};
        for (const { summary } of Object.values(examples)) expect(page).toContain(escaped(summary));
        if (answer !== '200') continue;
        const fields = Object.keys((schema?.properties?.results?.items ?? schema)?.properties ?? {});
        expect(fields).toContain('uuid');
        for (const field of fields) expect(page).toContain(`<code>${field}</code>`);
      }
    }
    expect(page.match(/<span class="addition">/g)?.length ?? 0).toBe(ADDITIONS[name]);
  });

  test('is an empty list for programs', async () => {
    for (const [path, Accept] of [
      [`/${name}`, 'application/json'],
      [`/${name}?format=json`, 'text/html, */*;q=0.8'],
    ] as const) {
      expect((await rest.ask(path, { as: null, headers: { Accept } })).json).toEqual([]);
    }
  });

  test('escapes what comes with the request', async () => {
    const { body } = await rest.ask(`/${name}`, { as: null, headers: { Host: '"><script>alert(1)</script>' } });
    expect(body.toString()).not.toContain('<script>');
  });
});

test('an unknown format is not found', async () => {
  expect((await rest.ask('/?format=xml', { as: null })).status).toBe(404);
  expect((await rest.ask('/campaigns?format=xml', { as: null })).status).toBe(404);
  expect((await rest.ask('/campaigns?format=html', { as: null })).status).toBe(404);
});

test('a format that the header Accept excludes is not acceptable', async () => {
  for (const [format, Accept] of [
    ['json', 'text/html'],
    ['api', 'application/json'],
  ] as const) {
    expect((await rest.ask(`/campaigns?format=${format}`, { as: null, headers: { Accept } })).status).toBe(406);
  }
});

function escaped(text: string): string {
  return text.replaceAll("'", '&#39;');
}
