import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { Campaigns } from '../../src/model/campaigns.ts';
import { Groups } from '../../src/model/groups.ts';
import type { WriteThrough } from '../../src/upstream/write-through.ts';
import { writeThrough } from '../../src/upstream/write-through.ts';
import { AUTHOR } from '../support/author.ts';
import { giveClockBack } from '../support/clock.ts';
import { done } from '../support/outcome.ts';
import { openEmptyDatabase } from '../support/world.ts';
import type { LiveAccount } from './support/live-account.ts';
import { openLiveAccount } from './support/live-account.ts';
import type { Mirror } from './support/mirror.ts';
import { accountOf, campaignsOf, expectSame, MINUTE, openMirrorOf, SECOND } from './support/mirror.ts';

const WORKSPACE = 2 as WorkspaceId;

let account: LiveAccount;
let mirror: Mirror;
let through: ReturnType<WriteThrough['actionsOf']>;

beforeEach(async () => {
  account = await openLiveAccount();
  // The clock is the follower's: it goes ahead as fast as the follower can.
  vi.useFakeTimers({ toFake: ['Date'] });
  mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin2'), {
    onTime: (time) => vi.setSystemTime(time / 1000),
  });
  await mirror.pass(MINUTE);
  const { database, workspace } = mirror;
  const local = {
    campaigns: new Campaigns(database, workspace, AUTHOR),
    groups: new Groups(database, workspace, AUTHOR),
  };
  const { signal } = new AbortController();
  const request = { workspace, author: AUTHOR, database, caller: 'somebody@example.org', signal };
  through = writeThrough(async (id) => (id === workspace ? mirror.client : null)).actionsOf(request, local);
});

afterEach(giveClockBack);

/** The names of the campaigns of the mirror that are not archived. */
async function names(): Promise<string[]> {
  const rows = await mirror.database.reader.db
    .selectFrom('campaigns')
    .select('name')
    .where('is_active', '=', 1)
    .where('is_archived', '=', 0)
    .execute();
  return rows.map(({ name }) => name);
}

describe('what was just written through', () => {
  it('is not undone by lists of the account that are behind', async () => {
    const before = await (await fetch(`${account.url}/api/v2/campaigns.json`, { headers: headers() })).json();
    const { uuid } = done(await through.campaigns.create({ name: 'Just made', group: { name: 'Reporters' } }));
    account.fault = ({ path }) =>
      path === '/api/v2/campaigns.json' ? { kind: 'answer', status: 200, body: before as object } : undefined;
    await mirror.pass(50 * SECOND);
    expect(await names()).toContain('Just made');

    account.fault = () => undefined;
    const made = await (await fetch(`${account.url}/api/v2/campaigns.json`, { headers: headers() })).json();
    done(await through.campaigns.update(uuid, { name: 'Just renamed' }));
    account.fault = ({ path }) =>
      path === '/api/v2/campaigns.json' ? { kind: 'answer', status: 200, body: made as object } : undefined;
    await mirror.pass(50 * SECOND);
    expect(await names()).toContain('Just renamed');

    account.fault = () => undefined;
    await mirror.pass(5 * MINUTE);
    await expectSame(mirror);
  });

  it('takes a name that the mirror still knows as another’s', async () => {
    const old = done(await campaignsOf(account, WORKSPACE).create({ name: 'Wanted', group: { name: 'Vets' } }));
    await mirror.pass(2 * MINUTE);
    done(await campaignsOf(account, WORKSPACE).update(old.uuid, { name: 'Given up' }));
    const { name } = done(await through.campaigns.create({ name: 'Wanted', group: { name: 'Vets' } }));
    expect(name).toBe('Wanted');
    expect(await names()).toEqual(expect.arrayContaining(['Wanted', 'Given up']));
  });
});

function headers() {
  return { authorization: `Token ${accountOf(account, 'admin2').token}` };
}
