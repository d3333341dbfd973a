import { describe, expect, it, vi } from 'vitest';
import type { TokenName } from '../support/fixture.ts';
import { METRICS_TOKEN, readMetric } from '../support/metrics.ts';
import { openWorld } from '../support/world.ts';
import { startReceiver, status, trustReceivers, verified } from '../webhooks/support/receiver.ts';

trustReceivers();

const world = await openWorld({
  metricsToken: METRICS_TOKEN,
  webhookNetworks: [{ address: '127.0.0.0', prefix: 8, version: 'ipv4' }],
});
const client = world.as('admin2');

/** In ms. The server looks for new changes once a second. */
const PATIENCE = { timeout: 30_000 };

const WEBHOOK = `uuid name url state revision createdOn deliveredRevision lastDeliveredOn failingSince lastError nextTryOn previousSecretUntil
  failures { failedOn revision status error }`;

interface Webhook {
  readonly uuid: string;
  readonly name: string;
  readonly state: string;
  readonly revision: number;
  readonly deliveredRevision: number;
}

interface Made {
  readonly made: {
    readonly webhook: Webhook | null;
    readonly secret: string | null;
    readonly userErrors: readonly {
      readonly code: string;
      readonly field: string[] | null;
      readonly message: string;
    }[];
  };
}

async function create(name: string, url = 'https://receiver.example/'): Promise<Made['made']> {
  const mutation = `mutation ($name: String!, $url: String!) {
    made: createWebhook(input: { name: $name, url: $url }) { webhook { ${WEBHOOK} } secret userErrors { code field message } }
  }`;
  return (await client.data<Made>(mutation, { name, url })).made;
}

async function created(name: string, url?: string): Promise<{ uuid: string; secret: string }> {
  const { webhook, secret } = await create(name, url);
  if (!webhook || secret === null) throw new Error('it was not created');
  return { uuid: webhook.uuid, secret };
}

async function list(): Promise<Webhook[]> {
  return (await client.data<{ webhooks: Webhook[] }>(`{ webhooks { ${WEBHOOK} } }`)).webhooks;
}

const change = (name: string) =>
  client.data(`mutation { createGroup(input: { name: "${name}" }) { userErrors { code } } }`);

describe('an administrator', () => {
  it('creates a webhook, and sees its secret once', async () => {
    const { webhook, secret, userErrors } = await create('  Warehouse ');
    expect(userErrors).toEqual([]);
    expect(secret).toMatch(/^whsec_[A-Za-z\d+/]{43}=$/);
    expect(webhook).toMatchObject({
      name: 'Warehouse',
      url: 'https://receiver.example/',
      state: 'ACTIVE',
      lastDeliveredOn: null,
      failingSince: null,
      lastError: null,
      nextTryOn: null,
      previousSecretUntil: null,
      failures: [],
    });
    expect(await list()).toEqual([webhook]);
    expect(JSON.stringify(await list())).not.toContain('whsec_');
  });

  it.each([
    ['warehouse', undefined, ['TAKEN'], 'name'],
    [' ', undefined, ['BLANK'], 'name'],
    ['x'.repeat(65), 'http://receiver.example', ['TOO_LONG', 'INVALID_ADDRESS'], 'name'],
    ['Other', 'https://user:pass@receiver.example', ['INVALID_ADDRESS'], 'url'],
  ])('cannot create one named %j at %s: %j', async (name, url, codes, field) => {
    const { webhook, secret, userErrors } = await create(name, url);
    expect([webhook, secret, userErrors.map(({ code }) => code)]).toEqual([null, null, codes]);
    expect(userErrors[0]?.field).toEqual([field]);
  });

  it('renames, stops, starts and deletes a webhook', async () => {
    const { uuid } = await created('To change');
    const update = async (fields: string) =>
      client.data<{ it: { webhook: Webhook | null; userErrors: { code: string }[] } }>(
        `mutation { it: updateWebhook(input: { uuid: "${uuid}", ${fields} }) { webhook { ${WEBHOOK} } userErrors { code } } }`,
      );
    expect(await update('name: "Changed", enabled: false')).toMatchObject({
      it: { webhook: { name: 'Changed', state: 'DISABLED' }, userErrors: [] },
    });
    expect(await update('enabled: true')).toMatchObject({ it: { webhook: { name: 'Changed', state: 'ACTIVE' } } });
    expect(await update('name: "WAREHOUSE"')).toEqual({ it: { webhook: null, userErrors: [{ code: 'TAKEN' }] } });
    expect(await update('url: "ftp://x/"')).toEqual({
      it: { webhook: null, userErrors: [{ code: 'INVALID_ADDRESS' }] },
    });
    expect(await update('name: null, url: null, enabled: null')).toMatchObject({
      it: { webhook: { name: 'Changed' } },
    });

    const remove = () =>
      client.data(
        `mutation { it: deleteWebhook(input: { uuid: "${uuid}" }) { deletedWebhook { uuid } userErrors { code } } }`,
      );
    expect(await remove()).toEqual({ it: { deletedWebhook: { uuid }, userErrors: [] } });
    expect(await remove()).toEqual({ it: { deletedWebhook: null, userErrors: [{ code: 'NOT_FOUND' }] } });
    expect((await list()).map(({ name }) => name)).toEqual(['Warehouse']);
  });

  it('gives a webhook a new secret', async () => {
    const { uuid, secret } = await created('To rotate');
    const { it } = await client.data<{ it: { secret: string; webhook: { previousSecretUntil: string } } }>(
      `mutation { it: rotateWebhookSecret(input: { uuid: "${uuid}" }) { secret webhook { previousSecretUntil } userErrors { code } } }`,
    );
    expect(it.secret).toMatch(/^whsec_/);
    expect(it.secret).not.toBe(secret);
    const hours = (Date.parse(it.webhook.previousSecretUntil) - Date.now()) / 3_600_000;
    expect(Math.round(hours)).toBe(24);
  });

  it('overwrites nothing that another administrator has changed since, if it says what it has seen', async () => {
    const { uuid } = await created('Of two');
    const run = async (mutation: string, fields: string) => {
      const answer = await client.data<{ it: { userErrors: object[] } }>(
        `mutation { it: ${mutation}(input: { uuid: "${uuid}", ${fields} }) {
          userErrors { code field message current { __typename } }
        } }`,
      );
      return answer.it.userErrors;
    };
    const revision = async () => (await list()).find((one) => one.uuid === uuid)?.revision;
    const first = await revision();
    expect(await run('updateWebhook', `expectedRevision: ${first}, name: "Of both"`)).toEqual([]);
    const second = await revision();
    expect(second).toBeGreaterThan(first ?? 0);
    expect(await run('updateWebhook', `expectedRevision: ${second}`)).toEqual([]);
    expect(await revision()).toBe(second);
    const conflict = [
      {
        code: 'CONFLICT',
        field: ['expectedRevision'],
        message: `“Of both” has changed since you read it: its revision is now ${second}. Read it again, and repeat the change with this revision if it is still right.`,
        current: null,
      },
    ];
    expect(await run('updateWebhook', `expectedRevision: ${first}, url: "https://other.example/"`)).toEqual(conflict);
    expect(await run('rotateWebhookSecret', `expectedRevision: ${first}`)).toEqual(conflict);
    expect(await run('deleteWebhook', `expectedRevision: ${first}`)).toEqual(conflict);
    expect((await list()).find((one) => one.uuid === uuid)).toMatchObject({
      url: 'https://receiver.example/',
      previousSecretUntil: null,
    });
    expect(await run('rotateWebhookSecret', `expectedRevision: ${second}`)).toEqual([]);
    const third = await revision();
    expect(third).toBeGreaterThan(second ?? 0);
    expect(await run('updateWebhook', 'enabled: false')).toEqual([]);
    expect(await run('deleteWebhook', `expectedRevision: ${third}`)).toMatchObject([{ code: 'CONFLICT' }]);
    expect(await run('deleteWebhook', `expectedRevision: ${await revision()}`)).toEqual([]);
  });

  it('can have 20 webhooks', async () => {
    const others = (await list()).length;
    for (let i = others; i < 20; i += 1) await created(`One of many ${i}`);
    const { webhook, userErrors } = await create('One too many');
    expect([webhook, userErrors.map(({ code }) => code)]).toEqual([null, ['TOO_MANY']]);
    for (const { uuid } of await list()) {
      await client.data(`mutation { deleteWebhook(input: { uuid: "${uuid}" }) { userErrors { code } } }`);
    }
  });
});

describe('others', () => {
  const uuid = '089de107-5553-4c07-ab00-092b7869dae1';

  it.each(['editor', 'viewer'] satisfies TokenName[])('cannot see or change webhooks: %s', async (token) => {
    for (const operation of [
      '{ webhooks { name } }',
      'mutation { createWebhook(input: { name: "x", url: "https://receiver.example" }) { secret } }',
      `mutation { updateWebhook(input: { uuid: "${uuid}" }) { webhook { name } } }`,
      `mutation { deleteWebhook(input: { uuid: "${uuid}" }) { userErrors { code } } }`,
      `mutation { rotateWebhookSecret(input: { uuid: "${uuid}" }) { secret } }`,
      `mutation { replayWebhook(input: { uuid: "${uuid}", after: "x" }) { webhook { name } } }`,
    ]) {
      expect((await world.as(token).ask(operation)).codes).toEqual(['FORBIDDEN']);
    }
  });

  it('do not find the webhooks of another workspace', async () => {
    const theirs = await created('Theirs');
    const { data } = await world.as('admin').ask(`mutation {
      updateWebhook(input: { uuid: "${theirs.uuid}", enabled: false }) { userErrors { code } }
      deleteWebhook(input: { uuid: "${theirs.uuid}" }) { userErrors { code } }
      rotateWebhookSecret(input: { uuid: "${theirs.uuid}" }) { secret userErrors { code } }
    }`);
    expect(JSON.stringify(data).match(/NOT_FOUND/g)).toHaveLength(3);
    expect(await world.as('admin').data('{ webhooks { name } }')).toEqual({ webhooks: [] });
    expect(await list()).toMatchObject([{ name: 'Theirs', state: 'ACTIVE' }]);
    await client.data(`mutation { deleteWebhook(input: { uuid: "${theirs.uuid}" }) { userErrors { code } } }`);
  });
});

describe('a server', () => {
  it('sends what its users change, says what fails, and sends again what it is asked for', async () => {
    const receiver = await startReceiver();
    const { uuid, secret } = await created('Receiver', `${receiver.url}?key=hidden-in-the-address`);
    const { groups } = await client.data<{ groups: { changesCursor: string } }>('{ groups { changesCursor } }');
    await change('Sent 1');
    await receiver.until(1);
    expect(receiver.requests.map((request) => verified(secret, request))).toMatchObject([
      { type: 'group.created', data: { actor: { email: 'admin@mto.example', token: 'admin2' }, origin: 'GRAPHQL' } },
    ]);

    receiver.answer(status(500));
    await change('Sent 2');
    await receiver.until(2);
    const failing = () => list().then((all) => all.find((one) => one.uuid === uuid));
    await vi.waitFor(async () => expect(await failing()).toMatchObject({ state: 'FAILING' }), PATIENCE);
    expect(await failing()).toMatchObject({
      lastError: 'The receiver answered 500; only 200 to 299 is a success.',
      failures: [{ status: 500, revision: verified(secret, receiver.requests[0] as never).data.revision + 1 }],
    });
    expect(await readMetric(world.url, 'campaigns_webhooks_failing')).toBe(1);
    expect(await readMetric(world.url, 'campaigns_webhooks_paused')).toBe(0);
    expect(await readMetric(world.url, 'campaigns_webhooks_changes_waiting')).toBeGreaterThan(0);
    expect(await readMetric(world.url, 'campaigns_webhook_deliveries_total{result="failed"}')).toBeGreaterThan(0);
    expect(await readMetric(world.url, 'campaigns_webhook_deliveries_total{result="delivered"}')).toBe(1);
    expect(world.log.join('')).toContain(`"webhook":"${uuid}"`);
    expect(world.log.join('')).not.toMatch(/whsec_|hidden-in-the-address/);

    receiver.answer(status(200));
    const replay = (after: string) =>
      client.ask(
        `mutation ($after: String!) { it: replayWebhook(input: { uuid: "${uuid}", after: $after }) { webhook { state } userErrors { code } } }`,
        { after },
      );
    expect((await replay('nonsense')).codes).toEqual(['INVALID_CURSOR']);
    expect((await replay(Buffer.from('changes:1:0123456789abcde').toString('base64url'))).codes).toEqual([
      'CURSOR_EXPIRED',
    ]);
    expect((await replay(groups.changesCursor)).data).toEqual({ it: { webhook: { state: 'ACTIVE' }, userErrors: [] } });
    await receiver.until(4);
    const [first, second, ...again] = receiver.requests.map(({ headers }) => headers['webhook-id']);
    expect(again).toEqual([first, second]);
  });

  it('tells its clients of a private address that nothing is sent to', async () => {
    const { uuid } = await created('Metadata', 'https://169.254.169.254/latest/meta-data/');
    await change('Not sent');
    await vi.waitFor(
      async () =>
        expect((await list()).find((one) => one.uuid === uuid)).toMatchObject({
          state: 'FAILING',
          lastError: expect.stringContaining('not in a public network'),
        }),
      PATIENCE,
    );
  });
});
