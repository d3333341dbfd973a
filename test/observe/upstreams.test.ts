import { expect, it } from 'vitest';
import { mirrored, openGateway, UPSTREAM } from '../upstream/support/gateway.ts';
import type { UpstreamAnswer } from '../upstream/support/gateway.ts';
import { openLiveAccount } from '../upstream/support/live-account.ts';

it('the log names the workspace of an account by its UUID, as in all other lines', async () => {
  const gateway = await openGateway(await openLiveAccount());
  await mirrored(gateway, 'admin2');
  const { viewer } = await gateway.as('admin2').data<UpstreamAnswer>(UPSTREAM);
  const lines = gateway.log.map((line) => JSON.parse(line) as { readonly msg: string; readonly workspace?: unknown });
  const ofAccount = lines.filter(({ msg }) => msg.startsWith('the account '));
  expect(new Set(ofAccount.map(({ msg }) => msg))).toEqual(
    new Set(['the account has changed', 'the account is in another state']),
  );
  for (const { workspace } of ofAccount) expect(workspace).toBe(viewer.workspace.uuid);
});
