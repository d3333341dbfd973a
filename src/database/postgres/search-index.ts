import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import pg from 'pg';
import type { IndexSearch, SearchedTable, SearchIndex } from '../search-index.ts';
import { containing, ENTERED, SEARCHED_TABLES, TRIGRAM } from '../search-index.ts';
import type { Queries } from '../statements.ts';
import type { Tables, WorkspaceId } from '../tables.ts';

// The search index of PostgreSQL: a GIN index of the extension pg_trgm on each searched table. PostgreSQL itself keeps it up to date.
// pg_trgm only knows the letters and digits of the server's locale. With the locale C these are those of ASCII, and words of other
// scripts are found without the index.

/**
 * pg_trgm counts more trigrams than this for a text that has three letters in a row, or letters on both sides of another character,
 * because it also counts the beginning and the end of a word. The index does not narrow a search for other texts.
 */
const TRIGRAMS_OF_TWO_LETTERS = 3;

/** A word that more groups have than this does not narrow a search, because asking for that many groups at once is slow. */
const MAX_GROUPS = 300;

/** The error codes of a server that lacks the extensions, or whose user may not create them. */
const REFUSED = new Set(['0A000', '42501', '42601', '42704', '42883', '58P01']);

/**
 * How many KiB of new entries PostgreSQL collects (the pending list) before it merges them into the index. Each search also reads
 * this list. The write that makes the list too long waits some 30 ms for the merge.
 */
const PENDING = 1024;

const indexOf = (table: SearchedTable) => `${table}_search`;

/**
 * Creates the indexes where they are missing, and the extensions that they need. When the server refuses this, there are no indexes,
 * and searches read lists in their order. Runs in a transaction.
 */
export async function ensureSearchIndexes(db: Kysely<Tables>): Promise<void> {
  if ((await lookForIndexes(db)).found) return;
  await sql`savepoint search_index`.execute(db);
  try {
    for (const extension of ['pg_trgm', 'btree_gin']) {
      await sql`create extension if not exists ${sql.id(extension)}`.execute(db);
    }
    const { schema } = await lookForIndexes(db);
    for (const table of SEARCHED_TABLES) {
      const entered = ENTERED[table];
      await sql`
        create index if not exists ${sql.id(indexOf(table))} on ${sql.table(table)}
        using gin (workspace_id, search_key ${sql.id(schema, 'gin_trgm_ops')}) with (gin_pending_list_limit = ${sql.lit(PENDING)})
        ${sql.raw(entered === null ? '' : `where ${entered}`)}`.execute(db);
    }
    await sql`release savepoint search_index`.execute(db);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || !REFUSED.has(error.code ?? '')) throw error;
    await sql`rollback to savepoint search_index`.execute(db);
  }
}

/** Whether the indexes are missing but can be created, because an administrator has since installed the extensions. */
export async function lacksSearchIndexes(db: Kysely<Tables>): Promise<boolean> {
  if ((await lookForIndexes(db)).found) return false;
  const { rows } = await sql<{ possible: boolean }>`
    select count(*) = 2 and has_schema_privilege(current_schema(), 'create') as possible
    from pg_extension where extname in ('pg_trgm', 'btree_gin')`.execute(db);
  return rows[0]?.possible ?? false;
}

interface FoundIndexes {
  readonly found: boolean;
  /** The schema of pg_trgm, which an administrator may have installed where search_path does not look. Empty when it is not installed. */
  readonly schema: string;
}

async function lookForIndexes(db: Kysely<Tables>): Promise<FoundIndexes> {
  const names = SEARCHED_TABLES.map((table) => sql`to_regclass(${indexOf(table)}) is not null`);
  const { rows } = await sql<FoundIndexes>`
    select ${sql.join(names, sql` and `)} as found,
      coalesce((
        select nspname from pg_extension join pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_trgm'
      ), '') as schema`.execute(db);
  return rows[0] ?? { found: false, schema: '' };
}

/** The search index of one database. Whether the indexes exist is looked up once, because they are only created at a start. */
export function createSearchIndex(): SearchIndex {
  let indexes: FoundIndexes | undefined;
  return {
    plansByCost: true,

    mayNarrow: (words) => indexes?.found !== false && words.some((word) => [...word].length >= TRIGRAM),

    async searchFor(queries, table, workspace, words) {
      indexes ??= await lookForIndexes(queries.db);
      if (!indexes.found) return null;
      const groups = await groupsWith(queries, indexes, workspace, words);
      return table === 'campaigns' ? inNamesOrGroups(words, groups) : inNames(words, groups);
    },

    candidates(table, { workspace, indexTerms, indexGroupTerms = [], indexGroups = [] }, limit) {
      const entered = ENTERED[table];
      const conditions = [
        ...(entered === null ? [] : [sql.raw(entered)]),
        ...indexTerms.map((pattern) => sql`search_key like ${pattern}`),
        ...indexGroupTerms.map(
          (patterns, place) =>
            sql`(search_key like any (${patterns}::text[]) or group_id = any (${indexGroups[place]}::bigint[]))`,
        ),
      ];
      return sql`
        select id from ${sql.table(table)} where workspace_id = ${workspace} and ${sql.join(conditions, sql` and `)}
        limit ${limit}`;
    },

    refresh: async () => {},
    rebuild: async () => {},
  };
}

/** The groups whose names contain the words. Words that the index does not narrow are left out. */
interface GroupsOfWords {
  /** The groups of each word, by the word's place in the list of words. */
  readonly each: ReadonlyMap<number, readonly number[]>;
  /** The groups that have all of these words. */
  readonly all: readonly number[];
}

/** Returns at most MAX_GROUPS + 1 groups for each word, and for all words together. */
async function groupsWith(
  queries: Queries,
  { schema }: FoundIndexes,
  workspace: WorkspaceId,
  words: readonly string[],
): Promise<GroupsOfWords> {
  const rows = await queries.all(
    'groups with words',
    { workspace, words, patterns: words.map(containing) },
    (db, slots) => {
      const values = slots.words.map(
        (word, place) => sql`(${sql.lit(place)}, ${word}::text, ${slots.patterns[place]}::text)`,
      );
      const groups = sql`select id from groups where workspace_id = ${slots.workspace}`;
      const limit = sql.lit(MAX_GROUPS + 1);
      const statement = sql<{ place: number | null; id: number | null }>`
        with words as materialized (
          select place, pattern from (values ${sql.join(values)}) as word (place, text, pattern)
          where cardinality(${sql.id(schema, 'show_trgm')}(text)) > ${sql.lit(TRIGRAMS_OF_TWO_LETTERS)}
        )
        select place, id
        from words left join lateral (${groups} and search_key like pattern limit ${limit}) as found on true
        union all
        select null, id
        from (${groups} and search_key like all (array(select pattern from words)) limit ${limit}) as found`;
      return { compile: () => statement.compile(db) };
    },
  );
  const each = new Map<number, number[]>();
  const all: number[] = [];
  for (const { place, id } of rows) {
    const known = place === null ? all : (each.get(place) ?? []);
    if (place !== null) each.set(place, known);
    if (id !== null) known.push(id);
  }
  return { each, all };
}

/** A search for rows with each word in their name. Returns null when the index narrows none of the words. */
function inNames(words: readonly string[], { each }: GroupsOfWords): IndexSearch | null {
  return each.size === 0 ? null : { indexTerms: patternsOf(words, each.keys()) };
}

/**
 * A search for rows that have each word in their name or are in a group that has it. Words that more than MAX_GROUPS groups have are
 * left out. When no word is left, it searches for rows that have one of the words in their name, or whose group has all of them.
 * Returns null when the index cannot narrow this either.
 */
function inNamesOrGroups(words: readonly string[], { each, all }: GroupsOfWords): IndexSearch | null {
  const kept = [...each].filter(([, groups]) => groups.length <= MAX_GROUPS);
  if (kept.length > 0) {
    const [alone, grouped] = [
      kept.filter(([, { length }]) => length === 0),
      kept.filter(([, { length }]) => length > 0),
    ];
    return {
      indexTerms: patternsOf(
        words,
        alone.map(([place]) => place),
      ),
      indexGroupTerms: grouped.map(([place]) => patternsOf(words, [place])),
      indexGroups: grouped.map(([, groups]) => groups),
    };
  }
  if (each.size === 0 || all.length > MAX_GROUPS) return null;
  return { indexTerms: [], indexGroupTerms: [patternsOf(words, each.keys())], indexGroups: [all] };
}

/** The patterns of the words at these places. */
function patternsOf(words: readonly string[], places: Iterable<number>): string[] {
  return Array.from(places, (place) => containing(words[place] ?? ''));
}
