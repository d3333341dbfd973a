import type { Identity } from '../access/identity.ts';
import type { WorkspaceId } from '../database/tables.ts';
import type { Campaigns } from '../model/campaigns.ts';
import type { Groups } from '../model/groups.ts';
import type { AccountClient } from './account-client.ts';
import type { InTurn, WritingRequest } from './account-writes.ts';
import { AccountWrites } from './account-writes.ts';
import { PATIENCE } from './carry-out.ts';
import type { CampaignActions } from './campaigns-through-account.ts';
import { CampaignsThroughAccount } from './campaigns-through-account.ts';
import type { GroupActions } from './groups-through-account.ts';
import { GroupsThroughAccount } from './groups-through-account.ts';
import { nothingChanged, UpstreamUnavailableError } from './unavailable.ts';

/** Sends writes to the live account when their workspace is kept in one. */
export interface WriteThrough {
  /**
   * The actions of a request, wherever its workspace is kept. `local` has the actions for a workspace that is kept here.
   * @param authorization The caller's Authorization header if its token was issued by the account; undefined otherwise.
   */
  actionsOf(
    request: WritingRequest & { readonly authorization?: string | undefined },
    local: { readonly campaigns: Campaigns; readonly groups: Groups },
  ): { readonly campaigns: CampaignActions; readonly groups: GroupActions };
}

/**
 * The account that a workspace is kept in, with this server's own token; null when the workspace is kept here. Rejects with
 * UpstreamUnavailableError while this is not known.
 * @param issuer Who has issued the caller's token. A token of the account will be used instead of the server's own.
 */
export type AccountOf = (workspace: WorkspaceId, issuer: Identity['issuer']) => Promise<AccountClient | null>;

/** @param accountOf Decides whose writes are sent through. */
export function writeThrough(accountOf: AccountOf, patience = PATIENCE): WriteThrough {
  const inTurn = turnsByWorkspace();
  return {
    actionsOf({ authorization, ...request }, { campaigns, groups }) {
      const writes = async (): Promise<AccountWrites | null> => {
        const account = await accountOf(request.workspace, authorization === undefined ? 'here' : 'account');
        if (!account) return null;
        // A caller with a token of the account writes with that token. So the account decides what the caller may do, and knows who did it.
        const client = (authorization === undefined ? account : account.as(authorization)).forWrites(patience.timeout);
        return new AccountWrites(client, request, inTurn, patience.readBackPauses);
      };
      return {
        campaigns: new CampaignsThroughAccount(campaigns, writes),
        groups: new GroupsThroughAccount(groups, writes),
      };
    },
  };
}

/**
 * Runs the writes of a workspace one after another, so that a repeated request finds the result of the first one. When the account does
 * not answer a write, the writes that are waiting fail too, because their callers have already waited as long.
 */
function turnsByWorkspace(): InTurn {
  const lines = new Map<WorkspaceId, { last: Promise<unknown>; open: number; waiting: number; failing: number }>();
  return async (workspace, work) => {
    const line = lines.get(workspace) ?? { last: Promise.resolve(), open: 0, waiting: 0, failing: 0 };
    lines.set(workspace, line);
    line.open += 1;
    line.waiting += 1;
    const own = line.last.then(() => {
      line.waiting -= 1;
      if (line.failing === 0) return work();
      line.failing -= 1;
      throw nothingChanged();
    });
    line.last = own.catch((error: unknown) => {
      // Set, not added: `waiting` includes the writes that are already to fail.
      if (error instanceof UpstreamUnavailableError) line.failing = line.waiting;
    });
    try {
      return await own;
    } finally {
      line.open -= 1;
      if (line.open === 0) lines.delete(workspace);
    }
  };
}
