import Sqlite from 'better-sqlite3';
import type { OneRow, Row, Store } from './store.ts';
import { pageSql } from './store.ts';

/** The campaigns of a file, with the same durability as in this program. */
export function sqliteStore(file: string): Store {
  const db = new Sqlite(file);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'cache_size = -65536']) {
    db.pragma(pragma);
  }
  const first = db.prepare<unknown[], Row>(pageSql(false, () => '?'));
  const next = db.prepare<unknown[], Row>(pageSql(true, () => '?'));
  const one = db.prepare<unknown[], OneRow>(
    `select c.uuid, c.name, g.name as group_name from campaigns c
     join groups g on g.workspace_id = c.workspace_id and g.id = c.group_id
     where c.workspace_id = 1 and c.uuid = ?`,
  );
  const group = db.prepare<unknown[], { id: number; name: string }>(
    'select id, name from groups where workspace_id = 1 and uuid = ?',
  );
  const insert = db.prepare(`
    insert into campaigns
      (workspace_id, group_id, uuid, name, name_key, search_key, is_archived, is_active, created_on, modified_on)
    values (1, ?, ?, ?, ?, ?, 0, 1, ?, ?)`);
  return {
    rows: (count, after) => (after ? next.all(...after, count) : first.all(count)),
    one: (uuid) => one.get(uuid),
    create({ uuid, name, key, group: groupUuid, now }) {
      const found = group.get(groupUuid);
      if (!found) throw new Error('no such group');
      insert.run(found.id, uuid, name, key, key, now, now);
      return found.name;
    },
  };
}
