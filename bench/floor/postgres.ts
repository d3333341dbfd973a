import pg from 'pg';
import type { OneRow, Row, Store } from './store.ts';
import { pageSql } from './store.ts';

/** The number of connections that this program opens for reads. */
const CONNECTIONS = 10;

/** The type id of PostgreSQL's 64-bit integers. node-postgres returns them as texts by default. */
const BIGINT = 20;

/** The campaigns of a database, read by named statements. The server prepares each of them once per connection. */
export function postgresStore(url: string): Store {
  const types = new pg.TypeOverrides();
  types.setTypeParser(BIGINT, Number);
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS, types, options: '-c jit=off' });
  const parameter = (place: number) => `$${place}`;
  const first = { name: 'first', text: pageSql(false, parameter) };
  const next = { name: 'next', text: pageSql(true, parameter) };
  const one = {
    name: 'one',
    text: `select c.uuid, c.name, g.name as group_name from campaigns c
      join groups g on g.workspace_id = c.workspace_id and g.id = c.group_id
      where c.workspace_id = 1 and c.uuid = $1`,
  };
  const create = {
    name: 'create',
    text: `with g as (select id, name from groups where workspace_id = 1 and uuid = $1)
      insert into campaigns
        (workspace_id, group_id, uuid, name, name_key, search_key, is_archived, is_active, created_on, modified_on)
      select 1, g.id, $2, $3, $4, $4, 0, 1, $5, $5 from g returning (select name from g)`,
  };
  return {
    async rows(count, after) {
      const statement = after ? { ...next, values: [...after, count] } : { ...first, values: [count] };
      return (await pool.query<Row>(statement)).rows;
    },
    async one(uuid) {
      return (await pool.query<OneRow>({ ...one, values: [uuid] })).rows[0];
    },
    async create({ uuid, name, key, group, now }) {
      const { rows } = await pool.query<{ name: string }>({ ...create, values: [group, uuid, name, key, now] });
      if (!rows[0]) throw new Error('no such group');
      return rows[0].name;
    },
  };
}
