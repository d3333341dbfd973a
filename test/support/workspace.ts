import { foldName, searchKey } from '../../src/encoding/fold.ts';
import { rebuildDerivedData } from '../../src/model/derived-data.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { hashKey, newKey } from '../../src/model/token-key.ts';
import type { Database } from '../../src/database/database.ts';
import type { Flag, GroupKindName, GroupStatusName, Micros, WorkspaceId } from '../../src/database/tables.ts';

/** A group to create. Missing members get the values of a new manual group. */
export interface GroupSeed {
  readonly name: string;
  readonly kind?: GroupKindName;
  readonly status?: GroupStatusName;
  readonly system?: boolean;
  readonly deleted?: boolean;
  readonly created?: Micros;
}

/** A campaign to create. `group` is the index of its group in `groups` of the workspace. */
export interface CampaignSeed {
  readonly name: string;
  readonly created: Micros;
  readonly group?: number;
  readonly archived?: boolean;
  readonly deleted?: boolean;
}

export interface MadeCampaign extends Required<CampaignSeed> {
  readonly id: number;
  readonly uuid: string;
  readonly groupName: string;
}

export interface MadeGroup extends Required<GroupSeed> {
  readonly id: number;
  readonly uuid: string;
}

/** A new workspace in a shared database, with an administrator's token. */
export interface MadeWorkspace {
  readonly id: WorkspaceId;
  readonly key: string;
  readonly groups: readonly MadeGroup[];
  readonly campaigns: readonly MadeCampaign[];
  /** Adds campaigns with the given times of creation. */
  add(campaigns: readonly CampaignSeed[]): Promise<MadeCampaign[]>;
}

export async function makeWorkspace(
  database: Database,
  seed: { groups?: readonly GroupSeed[]; campaigns?: readonly CampaignSeed[] } = {},
): Promise<MadeWorkspace> {
  const key = newKey();
  const uuid = newUuid();
  const made = await database.administer(async (session) => {
    const { db } = session;
    const workspace = await db
      .insertInto('workspaces')
      .values({ uuid, name: `Workspace ${uuid}` })
      .returning('id')
      .executeTakeFirstOrThrow();
    const user = await db
      .insertInto('users')
      .values({ email: `${uuid}@example.org`, is_active: 1 })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('memberships')
      .values({
        workspace_id: workspace.id,
        uuid: newUuid(),
        user_id: user.id,
        email_key: `${uuid}@example.org`,
        role: 'administrator',
        is_active: 1,
        created_on: 0,
      })
      .execute();
    await db
      .insertInto('api_tokens')
      .values({
        workspace_id: workspace.id,
        uuid: newUuid(),
        user_id: user.id,
        name: 'test',
        max_role: null,
        key_hash: hashKey(key),
        is_active: 1,
        created_on: 0,
      })
      .execute();
    const groups: MadeGroup[] = [];
    for (const group of seed.groups ?? [{ name: 'Everyone' }]) {
      const whole = {
        kind: 'manual' as const,
        status: 'ready' as const,
        system: false,
        deleted: false,
        created: 0,
        ...group,
        uuid: newUuid(),
      };
      const { id } = await db
        .insertInto('groups')
        .values({
          workspace_id: workspace.id,
          uuid: whole.uuid,
          name: whole.name,
          name_key: foldName(whole.name),
          search_key: searchKey(whole.name),
          kind: whole.kind,
          is_system: flag(whole.system),
          query: whole.kind === 'smart' ? 'age > 18' : null,
          status: whole.status,
          contact_count: 0,
          is_active: flag(!whole.deleted),
          created_on: whole.created,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      groups.push({ ...whole, id });
    }
    await rebuildDerivedData(session, workspace.id);
    return { id: workspace.id, groups };
  });

  const add = async (campaigns: readonly CampaignSeed[]): Promise<MadeCampaign[]> => {
    const whole = campaigns.map((campaign) => {
      const { group = 0 } = campaign;
      const groupName = made.groups[group]?.name ?? '';
      return { archived: false, deleted: false, ...campaign, group, groupName, uuid: newUuid() };
    });
    if (whole.length === 0) return [];
    const rows = await database.administer(async (session) => {
      const inserted: { id: number; uuid: string }[] = [];
      for (let start = 0; start < whole.length; start += MAX_ROWS) {
        const some = await session.db
          .insertInto('campaigns')
          .values(
            whole.slice(start, start + MAX_ROWS).map((campaign) => ({
              workspace_id: made.id,
              group_id: made.groups[campaign.group]?.id ?? 0,
              uuid: campaign.uuid,
              name: campaign.name,
              name_key: foldName(campaign.name),
              search_key: searchKey(campaign.name),
              is_archived: flag(campaign.archived),
              is_active: flag(!campaign.deleted),
              created_on: campaign.created,
              modified_on: campaign.created,
            })),
          )
          .returning(['id', 'uuid'])
          .execute();
        inserted.push(...some);
      }
      await rebuildDerivedData(session, made.id);
      return inserted;
    });
    const ids = new Map(rows.map((row) => [row.uuid, row.id]));
    return whole.map((campaign) => ({ ...campaign, id: ids.get(campaign.uuid) ?? 0 }));
  };
  return { ...made, key, add, campaigns: await add(seed.campaigns ?? []) };
}

/** How many campaigns one statement writes. A statement can have 32,766 variables on SQLite, and 65,535 on PostgreSQL. */
const MAX_ROWS = 2_000;

const flag = (value: boolean): Flag => (value ? 1 : 0);
