import { expect, it } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { dumpSnapshot } from '../../src/snapshot/dump.ts';
import { loadBatches } from '../../src/snapshot/load.ts';
import { readSnapshot } from '../../src/snapshot/read.ts';
import { openEmptyDatabase } from '../support/world.ts';
import { openLiveAccount } from './support/live-account.ts';
import { accountOf, changesAfter, expectSame, giveForeignNames, MINUTE, openMirrorOf } from './support/mirror.ts';

it('a mirror that was dumped and loaded goes on with its account, and changes nothing that is right', async () => {
  const account = await openLiveAccount();
  await giveForeignNames(account, 2 as WorkspaceId);
  const first = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin2'));
  await first.pass(MINUTE);
  const moved = await openEmptyDatabase();
  await loadBatches(moved, readSnapshot([Buffer.from(await dumped(first.database))]));

  const mirror = await openMirrorOf(moved, accountOf(account, 'admin2'));
  await mirror.pass(MINUTE);
  expect(await changesAfter(mirror, 0)).toEqual([]);
  expect(await mirror.state()).toMatchObject({ state: 'following', problem: null });
  await expectSame(mirror);
});

async function dumped(database: Database): Promise<string> {
  let text = '';
  await dumpSnapshot(database, async (piece) => void (text += piece));
  return text;
}
