import type { Author, WorkspaceWrite } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import { live } from './conditions.ts';
import type { Group } from './group.ts';
import { GROUPS } from './group.ts';
import { recordGroup } from './record-change.ts';

/** The name of a campaign that is not archived and has the group; null when there is none. Only then may the group be deleted. */
export async function campaignUsing(
  { db }: WorkspaceWrite,
  workspace: WorkspaceId,
  group: Group,
): Promise<string | null> {
  const using = await db
    .selectFrom('campaigns')
    .select('name')
    .where('workspace_id', '=', workspace)
    .where('group_id', '=', group.id)
    .where(live('is_active'))
    .where('is_archived', '=', 0)
    .limit(1)
    .executeTakeFirst();
  return using?.name ?? null;
}

/** Deletes a group that no campaign uses. */
export async function removeGroup(
  write: WorkspaceWrite,
  workspace: WorkspaceId,
  author: Author,
  group: Group,
): Promise<void> {
  const revision = await recordGroup(write, author, { uuid: group.uuid, before: group, after: null });
  await write.db
    .updateTable('groups')
    .set({ is_active: 0, revision })
    .where('workspace_id', '=', workspace)
    .where('id', '=', group.id)
    .execute();
  write.count({ list: GROUPS.name }, -1);
}
