import { describe, expect, it } from 'vitest';
import { groupOf, tokenKey } from '../support/fixture.ts';
import type { Fault } from './support/live-account.ts';
import type { Written } from './support/writes.ts';
import { CREATE, GROUP, inGroup, newName, openWrites, UPDATE } from './support/writes.ts';

const { account, gateway, create, created, inAccount, here, onNextWrite } = await openWrites();

describe('a new campaign', () => {
  it('is the account’s, and shows here at once with who has made it', async () => {
    const name = newName();
    const { campaign, userErrors } = await create(name);
    expect(userErrors).toEqual([]);
    expect(await inAccount(name)).toBe(1);
    const query = `query ($uuid: UUID!) { campaign(uuid: $uuid) { name group { uuid } history(first: 5) { nodes { action origin } } } }`;
    expect(await gateway.as('editor2').data(query, { uuid: campaign?.uuid })).toEqual({
      campaign: { name, group: inGroup, history: { nodes: [{ action: 'CREATED', origin: 'GRAPHQL' }] } },
    });
    const seen = await account.world.rest.ask(`/campaigns.json?uuid=${campaign?.uuid}`);
    expect(seen.json).toMatchObject({ results: [{ uuid: campaign?.uuid, name }] });
  });

  it('is written with the token of its caller', async () => {
    await created();
    const sent = account.asked.findLast(({ method }) => method === 'POST');
    expect(sent?.headers.authorization).toBe(`Token ${tokenKey('editor2')}`);
  });

  it('is the same by REST as in the account', async () => {
    const name = newName();
    const reply = await gateway.rest.ask('/campaigns.json', { body: { name, group: 'reporters' } });
    const [found] = ((await account.world.rest.ask('/campaigns.json')).json as { results: unknown[] }).results;
    expect([reply.status, reply.json]).toEqual([201, found]);
  });
});

describe('an update', () => {
  it('changes what is given, and leaves the rest as it is in the account', async () => {
    const { uuid } = await created();
    // Somebody moves it to another group in the account, which this server does not know yet.
    const other = groupOf(2, 'Vets');
    await account.world.rest.ask(`/campaigns.json?uuid=${uuid}`, { body: { name: newName(), group: other.uuid } });
    const name = newName();
    const { it: written } = await gateway.as('editor2').data<{ it: Written }>(UPDATE, { input: { uuid, name } });
    expect(written).toMatchObject({ campaign: { uuid, name, group: { name: other.name } }, userErrors: [] });
    const seen = await account.world.rest.ask(`/campaigns.json?uuid=${uuid}`);
    expect(seen.json).toMatchObject({ results: [{ name, group: { uuid: other.uuid } }] });
  });

  it.each<[string, Fault]>([
    ['cut after', { kind: 'cut', when: 'after' }],
    ['cut before', { kind: 'cut', when: 'before' }],
    ['500 before', { kind: 'answer', status: 500, when: 'before' }],
  ])('is not lost: %s', async (_what, fault) => {
    const { uuid } = await created();
    const name = newName();
    onNextWrite(fault);
    const reply = await gateway.rest.ask(`/campaigns.json?uuid=${uuid}`, { body: { name, group: GROUP.uuid } });
    expect([reply.status, reply.json]).toMatchObject([200, { uuid, name }]);
    expect((await account.world.rest.ask(`/campaigns.json?uuid=${uuid}`)).json).toMatchObject({ results: [{ name }] });
    expect((await here(name)).nodes).toEqual([{ uuid }]);
  });

  it('with an outdated revision is refused here, and not sent', async () => {
    const { uuid, revision } = await created();
    const name = newName();
    await gateway.as('editor2').data(UPDATE, { input: { uuid, name } });
    const before = account.asked.filter(({ method }) => method === 'POST').length;
    const { it: written } = await gateway
      .as('editor2')
      .data<{ it: Written }>(UPDATE, { input: { uuid, name: newName(), expectedRevision: revision } });
    expect(written.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect(account.asked.filter(({ method }) => method === 'POST').length).toBe(before);
  });
});

describe('what API v2 cannot do', () => {
  const DELETE = `mutation ($uuid: UUID!) { it: deleteCampaign(input: { uuid: $uuid }) { deletedCampaignId userErrors { field code message } } }`;

  it('is refused by its name, and says where it can be done', async () => {
    const { uuid } = await created();
    const client = gateway.as('editor2');
    const before = account.asked.filter(({ method }) => method !== 'GET').length;
    const archived = await client.data<{ it: Written }>(UPDATE, { input: { uuid, archived: true, name: newName() } });
    const alone = await client.data<{ it: Written }>(UPDATE, { input: { uuid, archived: true } });
    const deleted = await client.data<{ it: Written }>(DELETE, { uuid });
    for (const { it: written } of [archived, alone, deleted]) {
      expect(written.userErrors).toMatchObject([{ code: 'UNSUPPORTED_UPSTREAM' }]);
      expect(written.userErrors[0]?.message).toContain('on the account’s own pages');
    }
    expect(account.asked.filter(({ method }) => method !== 'GET').length).toBe(before);
    expect((await here('')).totalCount).toBeGreaterThan(0);
  });

  it('with several campaigns at once is refused, and nothing is sent', async () => {
    const before = account.asked.filter(({ method }) => method !== 'GET').length;
    const { uuid } = await created();
    const input = { name: newName(), group: inGroup };
    const asked: [string, object][] = [
      ['createCampaigns(input: $input) { userErrors { code } }', { campaigns: [input, { ...input, name: newName() }] }],
      ['updateCampaigns(input: $input) { userErrors { code } }', { campaigns: [{ uuid, name: newName() }] }],
      ['deleteCampaigns(input: $input) { userErrors { code } }', { campaigns: [{ uuid }] }],
      [
        'importCampaigns(input: $input) { imported userErrors { code } }',
        { rows: [{ name: newName(), group: GROUP.uuid }] },
      ],
    ];
    for (const [mutation, given] of asked) {
      const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1, mutation.indexOf('('))}Input`;
      const { it: written } = await gateway
        .as('editor2')
        .data<{ it: Written }>(`mutation ($input: ${type}!) { it: ${mutation} }`, { input: given });
      expect(written.userErrors).toEqual([{ code: 'UNSUPPORTED_UPSTREAM' }]);
    }
    expect(account.asked.filter(({ method }) => method !== 'GET').length - before).toBe(1);
    expect(await inAccount(input.name)).toBe(0);
  });

  it('is refused for a file, with the reason', async () => {
    const csv = await gateway.rest.ask('/campaigns.csv', {
      body: `name,group\n${newName()},Reporters\n,Nobody\n`,
      headers: { 'Content-Type': 'text/csv' },
    });
    expect([csv.status, csv.json]).toEqual([
      400,
      {
        detail:
          'Several campaigns cannot be changed at once here, because the API of the account that they are kept in cannot do that. Change one after another.',
        code: 'account',
      },
    ]);
  });

  it('is no error where it asks for what is', async () => {
    const { uuid, name } = await created();
    const { it: written } = await gateway
      .as('editor2')
      .data<{ it: Written }>(UPDATE, { input: { uuid, archived: false } });
    expect(written).toMatchObject({ campaign: { name }, userErrors: [] });
  });
});

describe('what the account refuses', () => {
  it.each([
    ['a name that is taken', { name: 'PLANTING calendar', group: GROUP.uuid }],
    ['a name with characters that names cannot have', { name: 'a "b" \\ c', group: GROUP.uuid }],
    ['a name that is too long', { name: 'x'.repeat(65), group: GROUP.uuid }],
    ['a blank name', { name: '  ', group: GROUP.uuid }],
    ['no such group', { name: 'Fine', group: 'nothing' }],
    ['both', { name: 'PLANTING calendar', group: 'nothing' }],
    ['a name that is missing', { group: GROUP.uuid }],
  ])('is refused by REST in its words: %s', async (_what, body) => {
    const [own, through] = await Promise.all([
      account.world.rest.ask('/campaigns.json', { body }),
      gateway.rest.ask('/campaigns.json', { body }),
    ]);
    expect(through.status).toBe(400);
    expect(through.json).toEqual(own.json);
  });

  it('is a user error with its code in GraphQL', async () => {
    const { it: written } = await gateway
      .as('editor2')
      .data<{ it: Written }>(CREATE, { name: 'PLANTING calendar', group: { name: 'nothing' } });
    expect(written.campaign).toBeNull();
    expect(written.userErrors).toEqual([
      {
        field: ['name'],
        code: 'TAKEN',
        message: 'This field must be unique.',
        accountMessage: 'This field must be unique.',
        character: null,
      },
      {
        field: ['group'],
        code: 'NOT_FOUND',
        message: 'No such object: nothing',
        accountMessage: 'No such object: nothing',
        character: null,
      },
    ]);
  });

  it('for a reason of its own comes in its words', async () => {
    const words = 'This workspace has reached the limit of 250 groups.';
    onNextWrite({ kind: 'answer', status: 400, body: { detail: words } });
    const reply = await gateway.rest.ask('/groups.json', { body: { name: newName() } });
    expect([reply.status, reply.json]).toEqual([400, { detail: words }]);
  });

  it('without a word is an error that says so', async () => {
    const silent: Fault = { kind: 'answer', status: 413, body: [] };
    const said = { detail: 'The account has refused this with the status 413, and has not said why.' };
    for (const [path, body] of [
      ['/campaigns.json', { name: newName(), group: GROUP.uuid }],
      ['/groups.json', { name: newName() }],
    ] as const) {
      onNextWrite(silent);
      const reply = await gateway.rest.ask(path, { body });
      expect([reply.status, reply.json]).toEqual([400, said]);
    }
  });

  it.each(['Not found.', 'No Campaign matches the given query.'])(
    'because it has no such campaign any more is a 404: %s',
    async (detail) => {
      const { uuid } = await created();
      onNextWrite({ kind: 'answer', status: 404, body: { detail } });
      const body = { name: newName(), group: GROUP.uuid };
      const reply = await gateway.rest.ask(`/campaigns.json?uuid=${uuid}`, { body });
      expect([reply.status, reply.json]).toEqual([404, { detail: 'No Campaign matches the given query.' }]);
    },
  );

  it('of something new with a 404 does not say that it is missing', async () => {
    const said = { detail: 'Nothing is kept at this address.' };
    for (const [path, body] of [
      ['/campaigns.json', { name: newName(), group: GROUP.uuid }],
      ['/groups.json', { name: newName() }],
    ] as const) {
      onNextWrite({ kind: 'answer', status: 404, body: said });
      const reply = await gateway.rest.ask(path, { body });
      expect([reply.status, reply.json]).toEqual([400, said]);
    }
  });

  it('for too many requests is a 429 with its Retry-After', async () => {
    const throttled: Fault = { kind: 'answer', status: 429, headers: { 'retry-after': '137' } };
    const name = newName();
    onNextWrite(throttled);
    const rest = await gateway.rest.ask('/campaigns.json', { body: { name, group: GROUP.uuid } });
    expect([rest.status, rest.headers.get('retry-after'), rest.json]).toEqual([
      429,
      '137',
      { detail: 'Request was throttled. Expected available in 137 seconds.' },
    ]);
    onNextWrite(throttled);
    const { status, codes, headers } = await gateway.as('editor2').ask(CREATE, { name, group: inGroup });
    expect([status, codes, headers.get('retry-after')]).toEqual([429, ['RATE_LIMITED'], '137']);
    expect(await inAccount(name)).toBe(0);
  });

  it('because the token was revoked there is forbidden', async () => {
    onNextWrite({ kind: 'answer', status: 403, body: { detail: 'Invalid token' } });
    const reply = await gateway.rest.ask('/campaigns.json', { body: { name: newName(), group: GROUP.uuid } });
    expect([reply.status, reply.json]).toEqual([403, { detail: 'You do not have permission to perform this action.' }]);
  });
});

describe('groups', () => {
  it('are made, renamed and deleted in the account', async () => {
    const name = newName();
    const made = await gateway.rest.ask('/groups.json', { body: { name } });
    const { uuid } = made.json as { uuid: string };
    expect([made.status, made.json]).toMatchObject([201, { name, count: 0 }]);
    const renamed = await gateway.rest.ask(`/groups.json?uuid=${uuid}`, { body: { name: `${name} 2` } });
    expect([renamed.status, renamed.json]).toMatchObject([200, { uuid, name: `${name} 2` }]);
    expect((await account.world.rest.ask(`/groups.json?uuid=${uuid}`)).json).toMatchObject({
      results: [{ name: `${name} 2` }],
    });
    onNextWrite({ kind: 'cut', when: 'after' });
    const deleted = await gateway.rest.ask(`/groups.json?uuid=${uuid}`, { method: 'DELETE' });
    expect(deleted.status).toBe(204);
    for (const world of [account.world, gateway]) {
      expect((await world.rest.ask(`/groups.json?uuid=${uuid}`)).json).toMatchObject({ results: [] });
    }
  });

  it('that the account does not let go are refused in its words', async () => {
    const { uuid } = groupOf(2, 'Open Tickets');
    const reply = await gateway.rest.ask(`/groups.json?uuid=${uuid}`, { body: { name: newName() } });
    expect([reply.status, reply.json]).toEqual([403, { detail: 'Cannot modify system object.' }]);
  });

  it.each<[number, object, number, string]>([
    [400, { detail: inUseBy('campaigns') }, 400, inUseBy('campaigns')],
    [400, { detail: inUseBy('triggers') }, 400, inUseBy('triggers')],
    [400, ['It is busy.'], 400, 'It is busy.'],
    [409, { detail: 'It is busy.' }, 400, 'It is busy.'],
    [404, { detail: 'Not found.' }, 404, 'No ContactGroup matches the given query.'],
    [405, [], 400, 'The account has refused this with the status 405, and has not said why.'],
  ])('that the account does not delete are not said to be deleted: %i %j', async (status, body, given, detail) => {
    const { uuid } = groupOf(2, 'Vets');
    onNextWrite({ kind: 'answer', status, body });
    const reply = await gateway.rest.ask(`/groups.json?uuid=${uuid}`, { method: 'DELETE' });
    expect([reply.status, reply.json]).toEqual([given, { detail }]);
    expect((await gateway.rest.ask(`/groups.json?uuid=${uuid}`)).json).toMatchObject({ results: [{ uuid }] });
  });

  it('that something else than campaigns uses there are refused in its words by GraphQL, too', async () => {
    const { uuid } = groupOf(2, 'Vets');
    const query = `mutation ($uuid: UUID!) { deleteGroup(input: { uuid: $uuid }) { deletedGroupId userErrors { code message } } }`;
    for (const [user, code] of [
      ['campaigns', 'IN_USE'],
      ['triggers', 'REFUSED_UPSTREAM'],
    ] as const) {
      const message = inUseBy(user);
      onNextWrite({ kind: 'answer', status: 400, body: { detail: message } });
      const userErrors = [{ code, message }];
      expect(await gateway.as('editor2').data(query, { uuid })).toEqual({
        deleteGroup: { deletedGroupId: null, userErrors },
      });
    }
  });
});

/** What an account says when it does not delete a group. */
function inUseBy(users: string): string {
  return `Group is being used by ${users} which must be archived first.`;
}
