import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readAnswer } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { mirrored, openGateway } from './support/gateway.ts';
import type { Fault } from './support/live-account.ts';
import type { Written } from './support/writes.ts';
import { CREATE, FIELDS, GROUP, inGroup, newName, openWrites, UPDATE } from './support/writes.ts';

const { account, gateway, create, created, inAccount, here, onNextWrite } = await openWrites();

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
    let reads = 0;
    account.fault = ({ method, path }) => {
      if (method === 'POST') return posts.shift();
      // A replica that shows the campaign only from the fourth reading on.
      if (path === '/api/v2/campaigns.json' && reads++ < 3) {
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
