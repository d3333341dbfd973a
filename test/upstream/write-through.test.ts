import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readAnswer } from '../support/client.ts';
import { groupOf, tokenKey } from '../support/fixture.ts';
import type { World } from '../support/world.ts';
import { mirrored, openGateway } from './support/gateway.ts';
import type { Fault, LiveAccount } from './support/live-account.ts';
import { openLiveAccount } from './support/live-account.ts';

const GROUP = groupOf(2, 'Reporters');

let account: LiveAccount;
let gateway: World;

beforeAll(async () => {
  account = await openLiveAccount();
  // Accounts of users get more time. What happens when no answer comes is the same.
  gateway = await openGateway(account, ['admin2'], {}, { patience: { timeout: 2_000, looks: [0, 40, 110] } });
  await mirrored(gateway, 'editor2');
});

beforeEach(() => {
  account.fault = () => undefined;
});

interface Written {
  readonly campaign: { readonly uuid: string; readonly name: string; readonly revision: number } | null;
  readonly userErrors: readonly {
    readonly field: readonly string[] | null;
    readonly code: string;
    readonly message: string;
  }[];
}

const FIELDS = `campaign { uuid name revision group { name } archived } userErrors { field code message accountMessage character }`;
const CREATE = `mutation ($name: String!, $group: GroupReference!) { it: createCampaign(input: { name: $name, group: $group }) { ${FIELDS} } }`;
const UPDATE = `mutation ($input: UpdateCampaignInput!) { it: updateCampaign(input: $input) { ${FIELDS} } }`;

const newName = () => `Rain ${randomUUID().slice(0, 8)}`;
const inGroup = { uuid: GROUP.uuid };

async function create(name: string): Promise<Written> {
  return (await gateway.as('editor2').data<{ it: Written }>(CREATE, { name, group: inGroup })).it;
}

async function created(): Promise<NonNullable<Written['campaign']>> {
  const { campaign } = await create(newName());
  if (!campaign) throw new Error('it was refused');
  return campaign;
}

/** How many campaigns with this name the account has. */
async function inAccount(name: string): Promise<number> {
  const query = `query ($search: String) { campaigns(filter: { search: $search, archived: null }) { totalCount } }`;
  const { campaigns } = await account.world
    .as('editor2')
    .data<{ campaigns: { totalCount: number } }>(query, { search: name });
  return campaigns.totalCount;
}

async function here(name: string): Promise<{ totalCount: number; nodes: readonly { uuid: string }[] }> {
  const query = `query ($search: String) { campaigns(filter: { search: $search, archived: null }) { totalCount nodes { uuid } } }`;
  const { campaigns } = await gateway
    .as('editor2')
    .data<{ campaigns: { totalCount: number; nodes: { uuid: string }[] } }>(query, { search: name });
  return campaigns;
}

/** A fault for the next write only. */
function onNextWrite(...faults: readonly Fault[]): void {
  const left = [...faults];
  account.fault = ({ method }) => (method === 'GET' ? undefined : left.shift());
}

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

describe('a new campaign whose answer is lost', () => {
  const lost: readonly [string, Fault][] = [
    ['the connection is cut when the account has made it', { kind: 'cut', when: 'after' }],
    ['the connection is cut within the answer', { kind: 'cut within' }],
    ['the account answers 500 when it has made it', { kind: 'answer', status: 500, when: 'after' }],
    ['a proxy answers 504 when the account has made it', { kind: 'answer', status: 504, when: 'after' }],
    ['the connection is cut before the account has it', { kind: 'cut', when: 'before' }],
    ['the account answers 500 and has not made it', { kind: 'answer', status: 500, when: 'before' }],
  ];

  it.each(lost)('is there once: %s', async (_what, fault) => {
    const name = newName();
    onNextWrite(fault);
    const { campaign, userErrors } = await create(name);
    expect(userErrors).toEqual([]);
    expect(campaign?.name).toBe(name);
    expect(await inAccount(name)).toBe(1);
    expect((await here(name)).nodes).toEqual([{ uuid: campaign?.uuid }]);
  });

  it('is there once also when the account does not answer at all in time', { timeout: 40_000 }, async () => {
    const name = newName();
    onNextWrite({ kind: 'silence', when: 'after' });
    expect((await create(name)).campaign?.name).toBe(name);
    expect(await inAccount(name)).toBe(1);
  });

  it('is there once also when the lists of the account are behind', async () => {
    const name = newName();
    const posts: Fault[] = [{ kind: 'cut', when: 'after' }];
    let looks = 0;
    account.fault = ({ method, path }) => {
      if (method === 'POST') return posts.shift();
      // A replica that shows the campaign only from the fourth look on.
      if (path === '/api/v2/campaigns.json' && looks++ < 3) {
        return { kind: 'answer', status: 200, body: { next: null, previous: null, results: [] } };
      }
      return undefined;
    };
    expect((await create(name)).campaign?.name).toBe(name);
    expect(await inAccount(name)).toBe(1);
  });

  it('is said to be unknown when the account cannot be asked, and nothing is written here', async () => {
    const name = newName();
    let gone = false;
    account.fault = ({ method, path }) => {
      if (method === 'POST') gone = true;
      if (!gone) return undefined;
      return { kind: 'cut', when: method === 'POST' && path.includes('campaigns') ? 'after' : 'before' };
    };
    const { codes, errors, status, headers } = await gateway.as('editor2').ask(CREATE, { name, group: inGroup });
    expect([status, codes, headers.get('retry-after')]).toEqual([503, ['UPSTREAM_UNAVAILABLE'], '5']);
    expect(errors[0]?.message).toContain('cannot be asked what has become of this');
    expect(errors[0]?.extensions?.outcome).toBe('UNKNOWN');
    account.fault = () => undefined;
    expect(await inAccount(name)).toBe(1);
  });
});

describe('a new campaign with an Idempotency-Key', () => {
  const ask = (key: string, name: string) =>
    gateway.rest.ask('/campaigns.json', {
      body: { name, group: GROUP.uuid },
      headers: { 'Idempotency-Key': `"${key}"` },
    });

  it('is sent once', async () => {
    const [key, name] = [randomUUID(), newName()];
    const before = account.asked.filter(({ method }) => method === 'POST').length;
    const replies = await Promise.all([ask(key, name), ask(key, name), ask(key, name)]);
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(replies.map(({ body }) => String(body))).size).toBe(1);
    expect(account.asked.filter(({ method }) => method === 'POST').length - before).toBe(1);
  });

  it('is found when it was made and its answer never came', async () => {
    const [key, name] = [randomUUID(), newName()];
    let gone = false;
    account.fault = ({ method }) => {
      gone ||= method === 'POST';
      return gone ? { kind: 'cut', when: method === 'POST' ? 'after' : 'before' } : undefined;
    };
    expect((await ask(key, name)).status).toBe(503);
    account.fault = () => undefined;
    const again = await ask(key, name);
    expect([again.status, again.json]).toMatchObject([201, { name }]);
    expect(await inAccount(name)).toBe(1);
  });

  it('is refused when the key came with another request', async () => {
    const key = randomUUID();
    expect((await ask(key, newName())).status).toBe(201);
    expect((await ask(key, newName())).status).toBe(422);
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

it('an update that is repeated with its key is no conflict with itself', async () => {
  const { uuid, revision } = await created();
  const name = newName();
  const send = async (input: object, key?: string) => {
    const answer = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tokenKey('editor2')}`,
        'content-type': 'application/json',
        ...(key !== undefined && { 'idempotency-key': `"${key}"` }),
      },
      body: JSON.stringify({ query: UPDATE, variables: { input } }),
    });
    return readAnswer<{ it: Written }>(answer);
  };
  const key = randomUUID();
  let gone = false;
  account.fault = ({ method }) => {
    gone ||= method === 'POST';
    return gone ? { kind: 'cut', when: method === 'POST' ? 'after' : 'before' } : undefined;
  };
  expect((await send({ uuid, name, expectedRevision: revision }, key)).status).toBe(503);
  account.fault = () => undefined;
  // The mirror learns of it from the follower, so the campaign has another revision.
  expect((await send({ uuid, name })).data?.it.campaign?.revision).toBeGreaterThan(revision);
  const again = await send({ uuid, name, expectedRevision: revision }, key);
  expect(again.data?.it).toMatchObject({ campaign: { uuid, name }, userErrors: [] });
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

describe('a change that waits longer than requests may take', () => {
  it('for another one is ended in time and not sent, and the other one has its answer', async () => {
    const prompt = await openGateway(account, ['admin2'], { requestTimeout: 1_000 });
    await mirrored(prompt, 'editor2');
    const [first, second] = [newName(), newName()];
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: sent, resolve: isSent } = Promise.withResolvers<void>();
    account.fault = ({ method }) => {
      if (method !== 'POST') return undefined;
      isSent();
      return { kind: 'late', until: () => released };
    };
    const ask = (name: string) => prompt.rest.ask('/campaigns.json', { body: { name, group: GROUP.uuid } });
    const running = ask(first);
    await sent;
    const ended = await Promise.race([ask(second), sleep(4_000, null)]);
    release();
    expect(ended?.status).toBe(503);
    expect((await running).status).toBe(201);
    // The turn of the one that was ended is over when a later one is done.
    account.fault = () => undefined;
    expect((await ask(newName())).status).toBe(201);
    expect([await inAccount(first), await inAccount(second)]).toEqual([1, 0]);
  });
});

describe('while the account is away', () => {
  it('writes give 503 and change nothing, and reads go on', async () => {
    const name = newName();
    await created();
    await account.leave();
    const rest = await gateway.rest.ask('/campaigns.json', { body: { name, group: GROUP.uuid } });
    const { status, codes, errors } = await gateway.as('editor2').ask(CREATE, { name, group: inGroup });
    const read = await gateway.rest.ask('/campaigns.json');
    await account.comeBack();
    expect(rest.status).toBe(503);
    expect(rest.headers.get('retry-after')).toBe('5');
    expect(rest.json).toEqual({
      detail: 'The account cannot be reached at present. Nothing has changed; try again later.',
    });
    expect([status, codes]).toEqual([503, ['UPSTREAM_UNAVAILABLE']]);
    expect(errors[0]?.extensions?.outcome).toBe('UNCHANGED');
    expect(read.status).toBe(200);
    expect(await inAccount(name)).toBe(0);
    expect((await here(name)).totalCount).toBe(0);
  });

  it('what a mutation has done before is shown, with status 200', async () => {
    let writes = 0;
    account.fault = ({ method }) => (method === 'GET' || ++writes === 1 ? undefined : { kind: 'cut', when: 'before' });
    const { status, headers, codes, data } = await gateway.as('editor2').ask<{ first: Written; second: null }>(
      `mutation ($first: CreateCampaignInput!, $second: CreateCampaignInput!) {
          first: createCampaign(input: $first) { ${FIELDS} }
          second: createCampaign(input: $second) { ${FIELDS} }
        }`,
      { first: { name: newName(), group: inGroup }, second: { name: newName(), group: inGroup } },
    );
    // If it were sent again, the first one would be created twice.
    expect([status, headers.get('retry-after'), codes]).toEqual([200, null, ['UPSTREAM_UNAVAILABLE']]);
    expect([data?.first.campaign?.name, data?.second]).toEqual([expect.stringMatching(/^Rain/), null]);
  });
});

it('writes of a workspace follow one another, also one that comes while the last of them is under way', async () => {
  let underWay = 0;
  let most = 0;
  const posts = () => account.asked.filter(({ method }) => method === 'POST').length;
  const before = posts();
  account.fault = ({ method }) => {
    if (method !== 'POST') return undefined;
    most = Math.max(most, (underWay += 1));
    setTimeout(() => (underWay -= 1), 140);
    return { kind: 'late', until: () => sleep(150) };
  };
  const ask = () => gateway.rest.ask('/campaigns.json', { body: { name: newName(), group: GROUP.uuid } });
  const replies = [ask(), ask()];
  while (posts() - before < 2) await sleep(5);
  replies.push(ask());
  await Promise.all(replies);
  expect(posts() - before).toBe(3);
  expect(most).toBe(1);
});

it('writes that wait while the account is found not to answer fail with the first, and are not sent', async () => {
  const asked = () => account.asked.filter(({ method }) => method === 'POST').length;
  const before = asked();
  account.fault = ({ method, path }) =>
    method === 'POST' || path === '/api/v2/campaigns.json' ? { kind: 'cut', when: 'before' } : undefined;
  const ask = () => gateway.rest.ask('/campaigns.json', { body: { name: newName(), group: GROUP.uuid } });
  const replies = await Promise.all([ask(), ask(), ask(), ask()]);
  expect(replies.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
  expect(asked() - before).toBe(1);
  const texts = replies.map(({ body }) => String(body));
  expect(texts.filter((text) => text.includes('Nothing has changed'))).toHaveLength(3);
  account.fault = () => undefined;
  expect((await ask()).status).toBe(201);
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
});
