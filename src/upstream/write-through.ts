import type { WorkspaceId } from '../database/tables.ts';
import type { Campaigns } from '../model/campaigns.ts';
import type { Groups } from '../model/groups.ts';
import type { AccountClient } from './account-client.ts';
import type { InTurn, WritingRequest } from './account-writes.ts';
import { AccountWrites } from './account-writes.ts';
import { CampaignsThroughAccount } from './campaigns-through-account.ts';
import { GroupsThroughAccount } from './groups-through-account.ts';

/** What a request can do with campaigns and groups, wherever they are kept. */
export type CampaignActions = Pick<Campaigns, 'list' | 'create' | 'update' | 'errors' | 'delete'>;
export type GroupActions = Pick<Groups, 'list' | 'find' | 'create' | 'rename' | 'delete'>;

/** Sends the writes of workspaces that are kept in live accounts through to them. */
export interface WriteThrough {
  /**
   * The actions of a request, wherever its workspace is kept. `local` has those for a workspace that is kept here.
   * @param authorization What the caller has shown, where it is a token of the account.
   */
  actionsOf(
    request: WritingRequest & { readonly authorization?: string | undefined },
    local: { readonly campaigns: Campaigns; readonly groups: Groups },
  ): { readonly campaigns: CampaignActions; readonly groups: GroupActions };
}

/**
 * The account that a workspace is kept in, with the token that this server has; null where it is kept here. Rejects with
 * UpstreamUnavailableError while this is not known.
 */
export type AccountOf = (workspace: WorkspaceId) => Promise<AccountClient | null>;

/** @param accountOf Decides whose writes are sent through. */
export function writeThrough(accountOf: AccountOf): WriteThrough {
  const turns = new Map<WorkspaceId, Promise<unknown>>();

  /** One write of a workspace after the other, so that a repeated request finds what became of the first. */
  const inTurn: InTurn = (workspace, work) => {
    const own = (turns.get(workspace) ?? Promise.resolve()).then(work);
    const settled = own
      .catch(() => {})
      .finally(() => {
        if (turns.get(workspace) === settled) turns.delete(workspace);
      });
    turns.set(workspace, settled);
    return own;
  };

  return {
    actionsOf({ authorization, ...request }, { campaigns, groups }) {
      const writes = async (): Promise<AccountWrites | null> => {
        const account = await accountOf(request.workspace);
        if (!account) return null;
        // Who has a token of the account writes with it, so that the account decides what it may do, and knows who has done it.
        const client = (authorization === undefined ? account : account.as(authorization)).forWrites();
        return new AccountWrites(client, request, inTurn);
      };
      return {
        campaigns: new CampaignsThroughAccount(campaigns, writes),
        groups: new GroupsThroughAccount(groups, writes),
      };
    },
  };
}
