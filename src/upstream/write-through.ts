import type { Credentials } from '../access/credentials.ts';
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
   * The actions of a request on such a workspace, in place of those that `campaigns` and `groups` have for workspaces which are kept
   * here. null: the workspace is kept here.
   */
  actionsOf(
    request: WritingRequest & {
      /** What the caller has shown, where it is a token of the account. */
      readonly credentials?: Credentials | undefined;
    },
    local: { readonly campaigns: Campaigns; readonly groups: Groups },
  ): { readonly campaigns: CampaignActions; readonly groups: GroupActions } | null;
}

/** The account that a workspace is kept in, with the token that this server has; null where it is kept here. */
export type AccountOf = (workspace: WorkspaceId) => AccountClient | null;

/** @param accountOf Decides whose writes are sent through. */
export function writeThrough(accountOf: AccountOf): WriteThrough {
  const turns = new Map<WorkspaceId, Promise<unknown>>();

  /** One write of a workspace after the other, so that a repeated request finds what became of the first. */
  const inTurn: InTurn = (workspace, work) => {
    const own = (turns.get(workspace) ?? Promise.resolve()).then(work);
    const settled = own.catch(() => {});
    turns.set(workspace, settled);
    void settled.then(() => {
      if (turns.get(workspace) === settled) turns.delete(workspace);
    });
    return own;
  };

  return {
    actionsOf(request, { campaigns, groups }) {
      const account = accountOf(request.workspace);
      if (!account) return null;
      // Who has a token of the account writes with it, so that the account decides what it may do, and knows who has done it.
      const client = request.credentials ? account.as(request.credentials) : account;
      const writes = new AccountWrites(client, request, inTurn);
      return {
        campaigns: new CampaignsThroughAccount(campaigns, client, writes),
        groups: new GroupsThroughAccount(groups, client, writes),
      };
    },
  };
}
