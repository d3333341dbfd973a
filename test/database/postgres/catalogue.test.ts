import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { afterwards } from '../../support/afterwards.ts';
import { newPostgresPlace, openAt } from '../../support/engine.ts';

// A distributed PostgreSQL distributes the rows of the workspaces over several machines by workspace_id. It refuses keys that do
// not begin with workspace_id, and has to ask several machines when an index does not.

/** Tables that are copied to every machine (reference tables in Citus), and the server's own internal tables. */
const EVERYWHERE = new Set([
  'workspaces',
  'users',
  'memberships',
  'api_tokens',
  'kysely_migration',
  'engine_state',
  'feed',
]);

const { address } = await newPostgresPlace('tables');
const database = openAt(address);
afterwards(() => database.close());

interface Index {
  readonly table: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly primary: boolean;
}

const { rows: indexes } = await sql<Index>`
  select relation.relname as table, index.relname as name, pg_index.indisprimary as primary,
    array(select attname::text from unnest(pg_index.indkey::int[]) with ordinality as key (number, place)
      join pg_attribute on attrelid = relation.oid and attnum = key.number order by key.place) as columns
  from pg_index
  join pg_class as index on index.oid = pg_index.indexrelid
  join pg_class as relation on relation.oid = pg_index.indrelid
  join pg_namespace on pg_namespace.oid = relation.relnamespace and nspname = 'public'
  order by 1, 2`.execute(database.reader.db);

const { rows: tables } = await sql<{ table: string }>`
  select relname as table from pg_class join pg_namespace on pg_namespace.oid = relnamespace
  where nspname = 'public' and relkind = 'r' order by 1`.execute(database.reader.db);

const spread = tables.map(({ table }) => table).filter((table) => !EVERYWHERE.has(table));

it('has these tables that are spread over machines, and these that each machine has a copy of', () => {
  expect(spread).toEqual([
    'campaigns',
    'changes',
    'groups',
    'idempotency_keys',
    'list_counts',
    'upstream_sends',
    'upstream_writes',
    'upstreams',
    'webhook_failures',
    'webhooks',
  ]);
  expect(tables.map(({ table }) => table)).toEqual(expect.arrayContaining([...EVERYWHERE]));
});

it('is described by the page about many machines, table by table', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/scaling.md'), 'utf8');
  const calls = (name: string) =>
    new Set(Array.from(page.matchAll(new RegExp(`^select ${name}\\('(\\w+)'`, 'gm')), ([, table]) => table));
  expect(calls('create_distributed_table')).toEqual(new Set(spread));
  expect(calls('create_reference_table')).toEqual(EVERYWHERE);
});

describe.each(spread)('the table %s', (table) => {
  const own = indexes.filter((index) => index.table === table);

  it('has a primary key', () => {
    expect(own.filter(({ primary }) => primary)).toHaveLength(1);
  });

  it.each(own)('is indexed by its workspace first: $name', ({ columns }) => {
    expect(columns[0]).toBe('workspace_id');
  });

  it('is referred to, and refers to others of its kind, within one workspace alone', async () => {
    const { rows } = await sql<{ name: string; columns: string[]; target: string }>`
      select conname as name, confrelid::regclass::text as target,
        array(select attname::text from unnest(conkey) as number
          join pg_attribute on attrelid = conrelid and attnum = number) as columns
      from pg_constraint where contype = 'f' and conrelid = ${table}::regclass`.execute(database.reader.db);
    for (const { columns, target } of rows) {
      expect(EVERYWHERE.has(target) || columns.includes('workspace_id')).toBe(true);
    }
  });

  it('compares the texts of its keys by their code points', async () => {
    const { rows } = await sql<{ column: string; collation: string | null }>`
      select attname as column, collname as collation from pg_attribute
      left join pg_collation on pg_collation.oid = attcollation
      where attrelid = ${table}::regclass and attnum > 0 and attcollation <> 0`.execute(database.reader.db);
    const keys = new Set(own.flatMap(({ columns }) => columns));
    expect(rows.filter(({ column, collation }) => keys.has(column) && collation !== 'C')).toEqual([]);
  });
});

it('has neither triggers nor functions of its own, which distributed engines lack', async () => {
  const { rows } = await sql<{ triggers: number; functions: number }>`
    select (select count(*) from pg_trigger where not tgisinternal) as triggers,
      (select count(*) from pg_proc where pronamespace = 'public'::regnamespace
        and not exists (select 1 from pg_depend where objid = pg_proc.oid and deptype = 'e')) as functions`.execute(
    database.reader.db,
  );
  expect(rows).toEqual([{ triggers: 0, functions: 0 }]);
});
