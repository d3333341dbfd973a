import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Change, ChangeRecorder, Session } from './database.ts';
import { constant } from './statements.ts';
import type { WorkspaceId } from './tables.ts';

// The list of changes is called the feed. Engines and commands write it with these functions, and the model reads it.

/** Raises the revision of a workspace by one. Returns the new one; null when there is no such workspace. */
export async function raiseRevision(session: Session, workspace: WorkspaceId): Promise<number | null> {
  const raised = await session.first('raise revision', { workspace }, (db, slots) =>
    db
      .updateTable('workspaces')
      .set({ revision: sql`${sql.ref('revision')} + 1` })
      .where('id', '=', slots.workspace)
      .returning('revision'),
  );
  return raised?.revision ?? null;
}

/** Inserts a change with this revision. The same transaction must raise the workspace's revision to it. */
export async function insertChange(
  session: Session,
  workspace: WorkspaceId,
  revision: number,
  change: Change,
): Promise<void> {
  const { author, ...values } = change;
  await session.all('record change', { ...values, ...author, workspace, revision }, (db, slots) =>
    db
      .insertInto('changes')
      .values({
        workspace_id: slots.workspace,
        revision: slots.revision,
        changed_on: slots.changedOn,
        action: slots.action,
        type: slots.type,
        uuid: slots.uuid,
        fields: slots.fields,
        origin: slots.origin,
        user_email: slots.user,
        token_name: slots.token,
      })
      .returning('revision'),
  );
}

/**
 * Records changes immediately, in a transaction that `write` has not begun. The transaction must lock the workspace, so that the
 * order of revisions is the order of commits and no revision is missing.
 */
export function changeRecorder(session: Session, workspace: WorkspaceId): ChangeRecorder {
  return {
    async record(change) {
      const revision = await raiseRevision(session, workspace);
      if (revision === null) throw new Error(`there is no workspace ${workspace}`);
      await insertChange(session, workspace, revision, change);
      return revision;
    },
  };
}

/**
 * Begins a new epoch: from now on, older cursors of the feed are refused. Call it when the revisions of the database do not
 * continue those that readers know.
 */
export async function beginEpoch({ db }: Session): Promise<void> {
  await db.deleteFrom('feed').execute();
  await db
    .insertInto('feed')
    .values({ id: 1, epoch: randomBytes(8).toString('hex').slice(1) })
    .execute();
}

/** Begins an epoch when the database has none: it is new, or a restored backup, whose epoch `campaigns backup` has removed. */
export async function beginMissingEpoch(session: Session): Promise<void> {
  const found = await session.first('epoch', {}, (db) =>
    db.selectFrom('feed').select('id').where('id', '=', constant(1)),
  );
  if (!found) await beginEpoch(session);
}

/** The revision of a workspace, which is that of its newest change; 0 when there is no such workspace. One statement. */
export async function workspaceRevision(session: Session, workspace: WorkspaceId): Promise<number> {
  const row = await session.first('workspace revision', { workspace }, (db, slots) =>
    db.selectFrom('workspaces').select('revision').where('id', '=', slots.workspace),
  );
  return row?.revision ?? 0;
}
