import { sql } from 'kysely';
import { allDone } from '../all-done.ts';
import type { Change, Session } from '../database.ts';
import { insertChange } from '../feed.ts';
import type { WorkspaceId } from '../tables.ts';

/** How many changes one statement inserts. */
const AT_ONCE = 500;

/**
 * Inserts changes with the revisions from `first` on. All statements are sent at once. One statement inserts up to AT_ONCE
 * changes as one JSON value, because a statement takes longer than the row that it inserts.
 */
export async function insertChanges(
  session: Session,
  workspace: WorkspaceId,
  first: number,
  changes: readonly Change[],
): Promise<void> {
  const [only] = changes;
  if (changes.length === 1 && only) return insertChange(session, workspace, first, only);
  const starts = Array.from({ length: Math.ceil(changes.length / AT_ONCE) }, (_, part) => part * AT_ONCE);
  await allDone(
    ...starts.map((start) => insertTogether(session, workspace, first + start, changes.slice(start, start + AT_ONCE))),
  );
}

async function insertTogether(
  session: Session,
  workspace: WorkspaceId,
  first: number,
  changes: readonly Change[],
): Promise<void> {
  const rows = changes.map(({ author, ...change }, place) => ({ ...change, ...author, revision: first + place }));
  await session.all('record changes', { workspace, rows: JSON.stringify(rows) }, (db, slots) => {
    const statement = sql<{ revision: number }>`
      insert into changes
        (workspace_id, revision, changed_on, action, type, uuid, fields, origin, user_email, token_name)
      select ${slots.workspace}, revision, "changedOn", action, type, uuid, fields, origin, "user", token
      from json_to_recordset(${slots.rows}::json) as change (
        revision bigint, "changedOn" bigint, action text, type text, uuid text, fields text,
        origin text, "user" text, token text
      )`;
    return { compile: () => statement.compile(db) };
  });
}
