import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Credentials } from '../../../src/access/credentials.ts';
import { tokenCredentials } from '../../../src/access/credentials.ts';
import { createToken, revokeToken } from '../../../src/access/administration.ts';
import { rememberingIdentify } from '../../../src/access/identity.ts';
import { MAX_VERSION_AGE } from '../../../src/database/database.ts';
import { afterwards } from '../../support/afterwards.ts';
import { newPostgresPlace, openAt } from '../../support/engine.ts';

const { address } = await newPostgresPlace('fixture');
const statements: string[] = [];
const here = openAt(address, (statement) => void statements.push(statement));
const elsewhere = openAt(address);
afterwards(() => Promise.all([here.close(), elsewhere.close()]));

const identify = rememberingIdentify(here);
const lookedUp = () => statements.filter((statement) => statement.includes('key_hash')).length;

async function newToken(): Promise<Credentials> {
  const token = {
    workspace: 'Nyota Health',
    email: 'a@nyota.example',
    role: 'editor',
    name: 'A',
    expiresOn: null,
  } as const;
  return tokenCredentials(await createToken(elsewhere, token));
}

it('callers are looked up once, and remembered from then on', async () => {
  const credentials = await newToken();
  const until = performance.now() + 2_500;
  await identify(credentials);
  // The first call starts reading the version in the background. Wait until it is read.
  await wait(100);
  await identify(credentials);
  const before = lookedUp();
  while (performance.now() < until) {
    expect(await identify(credentials)).not.toBeNull();
    await wait(10);
  }
  expect(lookedUp() - before).toBeLessThanOrEqual(1);
});

it('a caller whose token another instance has revoked is refused at most a second later', async () => {
  const credentials = await newToken();
  const asked = async () => (await identify(credentials)) !== null;
  for (let times = 0; times < 30; times++) {
    expect(await asked()).toBe(true);
    await wait(10);
  }
  await revokeToken(elsewhere, { token: credentials.key });
  const revoked = performance.now();
  // The token may be refused earlier, but it must not be accepted any later.
  let lastKnown = 0;
  while (performance.now() - revoked < MAX_VERSION_AGE + 500) {
    const at = performance.now() - revoked;
    if (await asked()) lastKnown = at;
    await wait(5);
  }
  expect(lastKnown).toBeLessThanOrEqual(MAX_VERSION_AGE);
}, 10_000);

it('a caller whose token this instance has revoked is refused at once', async () => {
  const credentials = await newToken();
  for (let times = 0; times < 20; times++) {
    await identify(credentials);
    await wait(10);
  }
  await revokeToken(here, { token: credentials.key });
  expect(await identify(credentials)).toBeNull();
});

it('writes of campaigns, and of when tokens were used, leave callers remembered', async () => {
  const credentials = await newToken();
  // Within this time the instance notices all earlier writes of the other instance.
  for (const until = performance.now() + 1_200; performance.now() < until;) {
    await identify(credentials);
    await wait(20);
  }
  const before = here.version();
  await elsewhere.administer(
    ({ db }) => db.updateTable('api_tokens').set({ last_used_on: 0 }).where('id', '=', 1).execute(),
    { changesAccess: false },
  );
  for (const until = performance.now() + 700; performance.now() < until;) {
    expect(here.version()).toBe(before);
    await wait(20);
  }
});
