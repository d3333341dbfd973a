import { expect, vi } from 'vitest';
import type { Config } from '../../../src/config.ts';
import type { ServerOptions } from '../../../src/server.ts';
import type { Snapshot } from '../../../src/snapshot/format.ts';
import type { TokenName } from '../../support/fixture.ts';
import { tokenKey } from '../../support/fixture.ts';
import type { World } from '../../support/world.ts';
import { openWorld } from '../../support/world.ts';
import type { LiveAccount } from './live-account.ts';

/** A database without a workspace. */
export const NOTHING: Snapshot = {
  workspaces: [],
  users: [],
  memberships: [],
  tokens: [],
  groups: [],
  campaigns: [],
};

/** Starts a gateway in front of workspaces of a live account, with an empty database. Each token is of another workspace. */
export async function openGateway(
  account: LiveAccount,
  tokens: readonly TokenName[] = ['admin2'],
  settings: Partial<Config> = {},
  options: ServerOptions = {},
): Promise<World> {
  const upstreams = tokens.map((token) => ({ url: account.url, token: tokenKey(token) }));
  return openWorld({ upstreams, upstreamShare: 3_600, ...settings }, NOTHING, options);
}

/** Waits until the mirror of the token's workspace has everything that the account has. */
export async function mirrored(gateway: World, token: TokenName): Promise<void> {
  await vi.waitFor(
    async () => {
      const { viewer } = await gateway.as(token).data<UpstreamAnswer>(UPSTREAM);
      expect(viewer.workspace.upstream?.state).toBe('FOLLOWING');
    },
    { timeout: 15_000, interval: 50 },
  );
}

export const UPSTREAM = `{ viewer { workspace { uuid name upstream {
  url state problem since lastContactAt completeAsOf lagSeconds budget { allowedPerHour usedLastHour }
} } } }`;

export interface UpstreamAnswer {
  readonly viewer: {
    readonly workspace: {
      readonly uuid: string;
      readonly name: string;
      readonly upstream: {
        readonly url: string;
        readonly state: string;
        readonly problem: string | null;
        readonly since: string;
        readonly lastContactAt: string | null;
        readonly completeAsOf: string | null;
        readonly lagSeconds: number | null;
        readonly budget: { readonly allowedPerHour: number; readonly usedLastHour: number };
      } | null;
    };
  };
}
