import { describe, expect, it, test } from 'vitest';
import { LIMITS } from '../../src/graphql/execution/limits.ts';
import { CSV_LIMIT } from '../../src/rest/csv-import.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';
import { differences } from './support/openapi.ts';

const world = await openWorld();

interface Seed {
  readonly name: string;
  readonly archived?: boolean;
  readonly group?: number;
}

async function open(seeds: readonly Seed[] = [], groups = [{ name: 'Farmers' }, { name: '=Vets' }]) {
  const campaigns = seeds.map((seed, place) => ({ ...seed, created: 1_600_000_000_000_000 + place }));
  const workspace = await makeWorkspace(world.database, { groups, campaigns });
  const ask = (query: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
    fetch(`${world.url}/api/v2/campaigns.csv${query}`, {
      ...init,
      headers: { authorization: `Token ${workspace.key}`, ...init.headers },
    });
  return {
    workspace,
    ask,
    get: async (query = '') => (await ask(query)).text(),
    post: async (
      body: string | Buffer,
      query = '',
      headers: Record<string, string> = { 'content-type': 'text/csv' },
    ) => {
      const response = await ask(query, { method: 'POST', body, headers });
      const reply = {
        status: response.status,
        headers: new Map(response.headers),
        body: Buffer.from(await response.arrayBuffer()),
      };
      const request = { method: 'POST', path: `/api/v2/campaigns.csv${query}`, headers };
      expect(differences(request, reply)).toEqual([]);
      return { status: reply.status, json: JSON.parse(reply.body.toString()) as Answer };
    },
  };
}

interface Answer {
  readonly imported: boolean;
  readonly plan: string;
  readonly rows: readonly {
    readonly row: number;
    readonly action: string;
    readonly errors: readonly { code: string }[];
  }[];
  readonly code?: string;
  readonly detail?: string;
}

const cells = (text: string, separator = ',') =>
  text
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split(separator).slice(1, 4).join(' '));

describe('campaigns as CSV', () => {
  test('are a file that Excel opens in every script, without formulas', async () => {
    const { ask, workspace } = await open([{ name: 'Été 中文 😀' }, { name: '=1+1' }, { name: 'a, b' }]);
    const response = await ask('');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="campaigns-[\d-]{10}\.csv"$/);
    expect(response.headers.get('allow')).toBe('GET, POST, HEAD, OPTIONS');
    const [a, b, c] = workspace.campaigns.map(({ uuid }) => uuid);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.toString()).toBe(
      [
        '\uFEFFuuid,name,group,archived,created_on',
        `${c},"a, b",Farmers,no,2020-09-13T12:26:40.000002Z`,
        `${b},'=1+1,Farmers,no,2020-09-13T12:26:40.000001Z`,
        `${a},Été 中文 😀,Farmers,no,2020-09-13T12:26:40Z`,
        '',
      ].join('\r\n'),
    );
  });

  test('are those of the filter, in the order that is asked for', async () => {
    const { get, workspace } = await open([
      { name: 'b', group: 1 },
      { name: 'A' },
      { name: 'c', archived: true },
      { name: 'Élan' },
    ]);
    expect(cells(await get())).toEqual(['Élan Farmers no', 'A Farmers no', "b '=Vets no"]);
    expect(cells(await get('?archived=all&order=name'))).toEqual([
      'A Farmers no',
      "b '=Vets no",
      'c Farmers yes',
      'Élan Farmers no',
    ]);
    expect(cells(await get('?archived=true'))).toEqual(['c Farmers yes']);
    expect(cells(await get(`?group=${workspace.groups[1]?.uuid}`))).toEqual(["b '=Vets no"]);
    expect(cells(await get('?search=elan'))).toEqual(['Élan Farmers no']);
    expect(cells(await get('?order=oldest&separator=semicolon'), ';')).toEqual([
      "b '=Vets no",
      'A Farmers no',
      'Élan Farmers no',
    ]);
    expect(cells(await get('?before=2020-09-13T12:26:40.000000Z'))).toEqual(["b '=Vets no"]);
    expect(cells(await get(`?uuid=${workspace.campaigns[1]?.uuid}`))).toEqual(['A Farmers no']);
    expect(await get('?search=nobody')).toBe('uuid,name,group,archived,created_on\r\n');
  });

  it.each([
    ['?order=size', "Param 'order': size is not one of newest, oldest, name, name-desc."],
    ['?separator=x', "Param 'separator': x is not one of comma, semicolon, tab."],
    ['?before=then', "Param 'before': then is not a valid datetime."],
    ['?archived=x', "Param 'archived': x is not one of true, false, all."],
    [
      `?search=${Array.from({ length: 33 }, (_, place) => place + 100).join('+')}`,
      '`search` has 33 words; it can have at most 32.',
    ],
  ])('are refused for %s', async (query, detail) => {
    const { ask } = await open();
    const response = await ask(query);
    expect([response.status, await response.json()]).toEqual([400, { detail }]);
  });

  test('of several pages come without a gap, also while others write', async () => {
    const { ask, get, post } = await open(Array.from({ length: 620 }, (_, place) => ({ name: `N ${place}` })));
    expect(cells(await get('?order=oldest'))).toEqual(
      Array.from({ length: 620 }, (_, place) => `N ${place} Farmers no`),
    );
    const response = await ask('?order=newest');
    expect((await post('name,group\nIn between,Farmers')).status).toBe(200);
    const names = cells(await response.text()).filter((line) => line !== 'In between Farmers no');
    expect(names).toHaveLength(620);
    expect(new Set(names).size).toBe(620);
  });

  test('are for viewers as well, and for nobody without a token', async () => {
    const statuses = async (as: 'viewer' | 'agent' | null) => [
      (await world.rest.ask('/campaigns.csv', { as })).status,
      (await world.rest.ask('/campaigns.csv?preview=true', { as, body: 'name,group\nA,Vets' })).status,
    ];
    expect(await statuses('viewer')).toEqual([200, 403]);
    expect(await statuses('agent')).toEqual([403, 403]);
    expect(await statuses(null)).toEqual([403, 403]);
  });

  test('have headers alone for HEAD, and no other methods', async () => {
    const head = await world.rest.ask('/campaigns.csv', { method: 'HEAD' });
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect((await world.rest.ask('/campaigns.csv', { method: 'PUT' })).status).toBe(405);
    expect((await world.rest.ask('/campaigns.csv', { headers: { Accept: 'application/json' } })).status).toBe(406);
  });

  test('are not in the list of endpoints for programs', async () => {
    expect(JSON.stringify((await world.rest.ask('/', { headers: { Accept: 'application/json' } })).json)).not.toContain(
      'csv',
    );
  });
});

describe('a file of campaigns', () => {
  test('shows what it would do, and then does it', async () => {
    const { workspace, get, post } = await open([{ name: 'A' }, { name: 'B' }, { name: 'C' }]);
    const [a, b, c] = workspace.campaigns.map(({ uuid }) => uuid);
    const file = `uuid;NAME; group ;archived;notes\r\n${a};Alpha;Farmers;no;x\r\n\r\n${b};B;'=Vets;non\r\n${c};C;Farmers;no\r\n;"'@new";"'=Vets";oui\r\n`;
    const before = await get('?archived=all');
    const preview = await post(file, '?preview=true');
    expect(preview).toEqual({
      status: 200,
      json: {
        imported: false,
        created: 1,
        changed: 2,
        unchanged: 1,
        refused: 0,
        plan: expect.stringMatching(/^[\da-f]{64}$/),
        ignored_columns: ['notes'],
        rows: [
          {
            row: 2,
            action: 'change',
            uuid: a,
            cells: { name: 'Alpha', group: 'Farmers', archived: 'no' },
            before: { name: 'A', group: 'Farmers', archived: false },
            after: { name: 'Alpha', group: 'Farmers', archived: false },
            errors: [],
          },
          {
            row: 4,
            action: 'change',
            uuid: b,
            cells: { name: 'B', group: '=Vets', archived: 'non' },
            before: { name: 'B', group: 'Farmers', archived: false },
            after: { name: 'B', group: '=Vets', archived: false },
            errors: [],
          },
          expect.objectContaining({ row: 5, action: 'keep', uuid: c }),
          {
            row: 6,
            action: 'create',
            uuid: null,
            cells: { name: '@new', group: '=Vets', archived: 'oui' },
            before: null,
            after: { name: '@new', group: '=Vets', archived: true },
            errors: [],
          },
        ],
      },
    });
    expect(await get('?archived=all')).toBe(before);
    expect(await post(file, `?plan=${preview.json.plan}`)).toEqual({
      status: 200,
      json: { imported: true, created: 1, changed: 2, unchanged: 1, refused: 0, ignored_columns: ['notes'], rows: [] },
    });
    expect(cells(await get('?archived=all&order=oldest'))).toEqual([
      'Alpha Farmers no',
      "B '=Vets no",
      'C Farmers no',
      "'@new '=Vets yes",
    ]);
  });

  test('has all its rows, also when lines with other ends were appended to a download', async () => {
    const { get, post } = await open();
    const file = `${await get()},A,Farmers,no,\n,B,Farmers,no,,\n`;
    expect(file).toContain('created_on\r\n,A');
    expect(await post(file, '?preview=true')).toMatchObject({ status: 200, json: { created: 2, refused: 0 } });
    expect(await post(file)).toMatchObject({ status: 200, json: { imported: true, created: 2 } });
    expect(cells(await get('?order=name'))).toEqual(['A Farmers no', 'B Farmers no']);
  });

  test('is refused when a row has a cell without a column', async () => {
    const { get, post } = await open();
    const file = 'name,group\nA,Farmers,\n\nSmith, John,Farmers\n';
    for (const query of ['?preview=true', '']) {
      expect(await post(file, query)).toEqual({
        status: 400,
        json: {
          detail:
            'Row 4 has 3 cells, and the first row has 2. A cell with a separator in it must be in quotation marks.',
          code: 'cells',
          row: 4,
        },
      });
    }
    expect(cells(await get())).toEqual([]);
  });

  test('is refused as a whole when a row is, and when something else would be done than was shown', async () => {
    const { get, post } = await open([{ name: 'A' }]);
    const refused = await post('name,group\nNew,Farmers\na,Farmers\n,Nobody\n\nNEW,Farmers\n');
    expect(refused).toMatchObject({ status: 400, json: { imported: false, created: 1, refused: 3 } });
    expect(
      refused.json.rows.map(({ row, action, errors }) => [row, action, ...errors.map(({ code }) => code)]),
    ).toEqual([
      [2, 'create'],
      [3, 'refuse', 'TAKEN'],
      [4, 'refuse', 'BLANK', 'NOT_FOUND'],
      [6, 'refuse', 'TAKEN'],
    ]);
    // The first name is that of a campaign, the other one that of the first row.
    const taken = refused.json.rows.flatMap(({ errors }) => errors.filter(({ code }) => code === 'TAKEN'));
    expect(taken).toMatchObject([{ taken_by_row: null }, { taken_by_row: 2 }]);
    expect(await post('name,group\nNew,Farmers\n', '?plan=other')).toMatchObject({
      status: 409,
      json: { imported: false, created: 1, refused: 0 },
    });
    expect(cells(await get())).toEqual(['A Farmers no']);
  });

  test('is imported once when it is sent again with its key', async () => {
    const { get, post } = await open();
    const headers = { 'content-type': 'text/csv', 'idempotency-key': '"once"' };
    const first = await post('name,group\nNew,Farmers\n', '', headers);
    expect(first.json.imported).toBe(true);
    expect(await post('name,group\nNew,Farmers\n', '', headers)).toEqual(first);
    expect((await post('name,group\nOther,Farmers\n', '', headers)).status).toBe(422);
    expect(cells(await get())).toEqual(['New Farmers no']);
  });

  it.each([
    ['in another charset', Buffer.from('name,group\nÉté,Farmers', 'latin1'), 'encoding'],
    ['without rows', 'name,group\n', 'empty'],
    ['without its columns', 'title,group\nA,Farmers', 'columns'],
    ['with a column twice', 'name,name,group\nA,A,Farmers', 'columns'],
    ['with a wrong quotation mark', 'name,group\n"A"x,Farmers', 'quotes'],
    ['with too many rows', `name,group\n${'A,Farmers\n'.repeat(LIMITS.importedRows + 1)}`, 'rows'],
    ['with too many empty lines', `name,group\n${'\n'.repeat(1_000_000)}A,Farmers`, 'rows'],
    ['with too many cells in a row', `name,group${','.repeat(1_000_000)}\nA,Farmers`, 'cells'],
    ['with too long a cell', `name,group,notes\nA,Farmers,${'x'.repeat(1_000_000)}`, 'cells'],
  ])('%s is refused with a code', async (_what, file, code) => {
    const { post } = await open();
    const { status, json } = await post(file);
    expect([status, json.code, typeof json.detail]).toEqual([400, code, 'string']);
  });

  test('that cannot be read in time is refused, and not read on', async () => {
    const slow = await openWorld({ requestTimeout: 100 });
    const { status, headers, json } = await slow.rest.ask('/campaigns.csv?preview=true', {
      body: `name,group${','.repeat(400)}\n${`A,Farmers${','.repeat(400)}\n`.repeat(9_000)}`,
      headers: { 'Content-Type': 'text/csv' },
    });
    expect([status, headers.get('retry-after'), json]).toEqual([
      503,
      expect.stringMatching(/^\d+$/),
      { detail: expect.stringContaining('took longer than') as string },
    ]);
  });

  test('has the beginning of a cell that is longer than any name in the answer', async () => {
    const { post } = await open();
    const long = `${'x'.repeat(255)}😀${'x'.repeat(1_000)}`;
    const { json } = await post(`name,group,archived\n${long},${'y'.repeat(256)},no`, '?preview=true');
    expect(json.rows).toMatchObject([
      { action: 'refuse', cells: { name: `${'x'.repeat(255)}\ufffd…`, group: 'y'.repeat(256), archived: 'no' } },
    ]);
  });

  test('that is too large, or of another type, is refused', async () => {
    const { post } = await open();
    expect((await post(Buffer.alloc(CSV_LIMIT + 1, 'a'))).status).toBe(413);
    expect((await post('{}', '', { 'content-type': 'application/json' })).status).toBe(415);
    // The type that curl sends by itself.
    const form = await post('name,group', '', { 'content-type': 'application/x-www-form-urlencoded' });
    expect([form.status, form.json.detail]).toEqual([415, expect.stringContaining('Content-Type: text/csv')]);
    expect((await post('name,group\nA,Farmers', '?preview=1')).status).toBe(400);
  });
});
