import type { Session } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import type { Member } from './member.ts';
import { MEMBERS } from './member.ts';
import { WorkspaceList } from './workspace-list.ts';

/** The members of a workspace, read through a session. */
export function memberList(session: Session, workspace: WorkspaceId) {
  return new WorkspaceList(MEMBERS, session, workspace);
}

/** The members with these user ids, oldest first. Users who are not members are left out. */
export async function membersOf(
  session: Session,
  workspace: WorkspaceId,
  userIds: readonly number[],
): Promise<readonly Member[]> {
  const list = memberList(session, workspace).where({ userIds });
  const ordering = { field: 'created', direction: 'asc' } as const;
  return (await list.page({ ordering, from: 'start', limit: userIds.length })).rows;
}

/** The membership of a user. Returns null when the user is not a member. */
export async function memberOf(session: Session, workspace: WorkspaceId, userId: number): Promise<Member | null> {
  const [member] = await membersOf(session, workspace, [userId]);
  return member ?? null;
}
