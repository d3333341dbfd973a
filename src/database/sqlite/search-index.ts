import type { Expression, Kysely, RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { LoopTurns } from '../../waiting/loop-turns.ts';
import type { Rule } from '../rules.ts';
import type { CandidateSlots, SearchedTable, SearchIndex } from '../search-index.ts';
import type { Queries } from '../statements.ts';
import { ENTERED, SEARCHED_TABLES, TRIGRAM } from '../search-index.ts';

/**
 * How many trigrams are looked up, of one word and of all words together. More trigrams take more time and hardly narrow the search
 * further. At least one is looked up for each word.
 */
const MAX_TRIGRAMS = { ofWord: 3, ofSearch: 4 };

/** How many rows one statement indexes at the end of a transaction. It blocks the event loop for a few milliseconds. */
const ENTERED_AT_ONCE = 100;

/**
 * How much one statement merges, in pages of about 4 KB of the index, and how many rows are entered for each such statement. Each
 * transaction adds a segment to the index, and a search reads all segments. Left to itself, FTS5 merges up to the whole index within one
 * write, which blocks the event loop for a quarter of a second when there are 300,000 campaigns. A row has about 2 KB of trigrams at
 * most, and each of them is merged about once for every level of segments, of which there are about six in a large index. This adds up
 * to about three pages for a row with the longest name, and to far less for others, so that merges keep up.
 */
const MERGED_AT_ONCE = 16;
const ROWS_PER_MERGE = 6;

/** A word that more groups have than this does not narrow a search, because asking for that many groups at once is slow. */
const MAX_GROUPS = 30;

/**
 * The first of three private-use characters that stand for a workspace or a group in the index. With them, one query can ask for
 * the rows of a workspace, of a group, and with a word, and FTS5 skips the rows of other workspaces. If a name contains such
 * characters, this only adds a candidate.
 */
const MARK = { workspace: 0xe000, group: 0xe800 };

/** The mark of the workspace or group whose id is the given expression, in SQL. */
function markOf(kind: keyof typeof MARK, id: Expression<unknown>): RawBuilder<unknown> {
  const first = sql`${sql.lit(MARK[kind])} + (${id} >> 24) % 2048`;
  return sql`char(${first}, 57344 + (${id} >> 12) % 4096, 57344 + ${id} % 4096)`;
}

/** The mark of a workspace, as a term of a query. */
function scopeOf({ workspace }: CandidateSlots): RawBuilder<unknown> {
  return sql`'"' || ${markOf('workspace', workspace)} || '"'`;
}

const isLong = (word: string) => [...word].length >= TRIGRAM;

/** At most `max` trigrams of a word, spread evenly over it, as a term of a query. A row with the word has them all. */
function termOf(word: string, max: number): string {
  const characters = [...word];
  const trigrams = characters
    .slice(TRIGRAM - 1)
    .map((_last, place) => characters.slice(place, place + TRIGRAM).join(''));
  const step = (trigrams.length - 1) / Math.max(1, max - 1);
  const chosen = Array.from({ length: max }, (_, place) => trigrams[Math.round(place * step)] ?? word);
  return `(${[...new Set(chosen)].map(quoted).join(' AND ')})`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

const indexOf = (table: SearchedTable) => sql.table(`${table}_search`);

/** The column with the id of a row's group, or 0 for a table whose rows have no group. */
const groupColumn = (table: SearchedTable) => (table === 'campaigns' ? sql.ref('group_id') : sql.lit(0));

/**
 * Creates the indexes, empty. They keep neither the text nor the positions of its trigrams (about 50 bytes a row), because rows are
 * checked by their own `search_key`.
 */
export async function createSearchIndexes(db: Kysely<unknown>): Promise<void> {
  for (const table of SEARCHED_TABLES) {
    await sql`create virtual table ${indexOf(table)} using fts5(
      search_key, workspace, group_mark,
      content='', contentless_delete=1, detail=none, tokenize='trigram case_sensitive 1'
    )`.execute(db);
  }
}

/** Keeps FTS5 from merging segments within other statements. `PendingEntries` merges them instead. */
export async function endAutomaticMerges(db: Kysely<unknown>): Promise<void> {
  for (const table of SEARCHED_TABLES) {
    await sql`insert into ${indexOf(table)} (${indexOf(table)}, rank) values ('automerge', 0)`.execute(db);
  }
}

/** Goes on with the merge that is under way, or begins one if there are enough segments of a size. */
async function merge(queries: Queries, table: SearchedTable): Promise<void> {
  const index = indexOf(table);
  await queries.all(`merge ${table}`, {}, (db) => {
    const statement = sql<{ rowid: number }>`
      insert into ${index} (${index}, rank) values ('merge', ${sql.lit(MERGED_AT_ONCE)}) returning rowid`;
    return { compile: () => statement.compile(db) };
  });
}

/** The search index of SQLite: an FTS5 table beside each searched table, with the same ids. */
export const searchIndex: SearchIndex = {
  plansByCost: false,

  mayNarrow: (words) => words.some(isLong),

  async searchFor(_queries, _table, _workspace, words) {
    const long = words.filter(isLong);
    const share = Math.max(1, Math.floor(MAX_TRIGRAMS.ofSearch / long.length));
    const max = Math.min(MAX_TRIGRAMS.ofWord, share);
    return long.length ? { indexTerms: long.map((word) => termOf(word, max)) } : null;
  },

  candidates(table, slots, limit) {
    // Each part of the query's text begins with ` AND `. The first ` AND ` is cut off.
    const narrowed = table === 'campaigns' ? campaignsWith(slots) : allOf(slots.indexTerms);
    const query = sql`substr(${scopeIn(table, slots)} || ${narrowed}, 6)`;
    return sql`select rowid as id from ${indexOf(table)} where ${indexOf(table)} match (${query}) limit ${limit}`;
  },

  async refresh(queries, table, ids) {
    const index = indexOf(table);
    const entered = await queries.all(`index ${table}`, { ids: JSON.stringify(ids) }, (db, slots) => {
      const statement = sql<{ rowid: number }>`
        insert or replace into ${index} (rowid, search_key, workspace, group_mark)
        select id, search_key, ${marksOf(table)} from ${sql.table(table)}
        where id in (select value from json_each(${slots.ids})) and ${isEntered(table)} returning rowid`;
      return { compile: () => statement.compile(db) };
    });
    const present = new Set(entered.map(({ rowid }) => rowid));
    const gone = ids.filter((id) => !present.has(id));
    if (gone.length) await sql`delete from ${index} where rowid in (${sql.join(gone)})`.execute(queries.db);
  },

  async rebuild({ db }, table, workspace) {
    const index = indexOf(table);
    if (workspace === undefined) await sql`insert into ${index} (${index}) values ('delete-all')`.execute(db);
    else {
      const ids = sql`select id from ${sql.table(table)} where workspace_id = ${workspace}`;
      await sql`delete from ${index} where rowid in (${ids})`.execute(db);
    }
    const inWorkspace = workspace === undefined ? sql`1 = 1` : sql`workspace_id = ${workspace}`;
    await sql`
      insert into ${index} (rowid, search_key, workspace, group_mark)
      select id, search_key, ${marksOf(table)} from ${sql.table(table)}
      where ${isEntered(table)} and ${inWorkspace} order by id`.execute(db);
    // This merges all segments into one. Otherwise later writes would merge them, and each merge blocks the event loop.
    if (workspace === undefined) await sql`insert into ${index} (${index}) values ('optimize')`.execute(db);
  },
};

/** The marks of each row of a table, as the columns of an entry. */
const marksOf = (table: SearchedTable) =>
  sql`${markOf('workspace', sql.ref('workspace_id'))}, ${markOf('group', groupColumn(table))}`;

/**
 * The rows of a transaction whose index entries are not up to date. The entries are written together at its end, because otherwise
 * FTS5 writes its collected entries at each savepoint and before each statement that may fail, which takes several times as long.
 */
export class PendingEntries {
  readonly #ids: Record<SearchedTable, Set<number>> = { campaigns: new Set(), groups: new Set() };

  add(table: SearchedTable, ids: readonly number[]): void {
    for (const id of ids) this.#ids[table].add(id);
  }

  /** Brings the entries up to date. Runs in the transaction, after all of its writes. */
  async enter(queries: Queries): Promise<void> {
    const turns = new LoopTurns();
    for (const table of SEARCHED_TABLES) {
      const ids = [...this.#ids[table]];
      for (let start = 0; start < ids.length; start += ENTERED_AT_ONCE) {
        const part = ids.slice(start, start + ENTERED_AT_ONCE);
        await turns.next();
        await searchIndex.refresh(queries, table, part);
        for (let merged = 0; merged < part.length; merged += ROWS_PER_MERGE) {
          await turns.next();
          await merge(queries, table);
        }
      }
    }
  }
}

const entered = (table: SearchedTable): string => ENTERED[table] ?? '1 = 1';
const isEntered = (table: SearchedTable) => sql.raw(entered(table));

/**
 * The rules for the indexes, which can be broken although SQLite finds the tables of the indexes sound. No rule checks the text of
 * an entry, because the indexes do not keep it.
 */
export const INDEX_RULES: readonly Rule[] = SEARCHED_TABLES.flatMap((table) => {
  const [rows, entries] = [`select id from ${table} where ${entered(table)}`, `select rowid from ${table}_search`];
  return [
    { broken: `rows of ${table} are missing in their search index`, count: difference(rows, entries) },
    { broken: `entries of the search index of ${table} have no row`, count: difference(entries, rows) },
  ];
});

function difference(these: string, others: string): string {
  return `select count(*) from (${these} except ${others})`;
}

// The functions below make parts of the text of an FTS5 query, in SQL.

const anded = (part: RawBuilder<unknown>) => sql`' AND ' || ${part}`;

const allOf = (terms: readonly RawBuilder<unknown>[]) => sql.join(terms.map(anded), sql` || `);

/**
 * The part that excludes other workspaces. It is empty when the workspace has most rows of the table, because reading the entries
 * of the workspace then takes longer than it saves. `list_counts` names the lists after their tables.
 */
function scopeIn(table: SearchedTable, slots: CandidateSlots): RawBuilder<unknown> {
  const counted = sql`select sum(count) from list_counts
    where workspace_id = ${slots.workspace} and parent_id = 0 and list = ${sql.lit(table)}`;
  const hasMost = sql`(${counted}) * 2 > (select max(id) from ${sql.table(table)})`;
  return sql`case when ${hasMost} then '' else ${anded(scopeOf(slots))} end`;
}

/**
 * The part for campaigns that have each word in their name or in that of their group. A word that more than MAX_GROUPS groups
 * have is left out. When all words are left out, the part is for campaigns that have one of the words in their name, or whose group
 * has all of them. When more than MAX_GROUPS groups have all of them, it is for all campaigns of the workspace.
 */
function campaignsWith(slots: CandidateSlots): RawBuilder<unknown> {
  const { indexTerms } = slots;
  const scope = scopeOf(slots);
  const parts = indexTerms.map((term) => withGroups(scope, term, term, sql`''`));
  const ofOneWord = sql.join(indexTerms, sql` || ' OR ' || `);
  const ofAllWords = sql.join(indexTerms, sql` || ' AND ' || `);
  const otherwise = withGroups(scope, ofAllWords, ofOneWord, anded(scope));
  return sql`(select case text when '' then ${otherwise} else text end from (select ${sql.join(parts, sql` || `)} as text))`;
}

/** The part for `names`, and for the campaigns of the groups that have `term`; `otherwise` when these groups are more than MAX_GROUPS. */
function withGroups(
  scope: RawBuilder<unknown>,
  term: RawBuilder<unknown>,
  names: RawBuilder<unknown>,
  otherwise: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const groups = sql`select rowid from groups_search where groups_search match (${scope} || ' AND ' || ${term}) limit ${sql.lit(MAX_GROUPS + 1)}`;
  const marks = sql`coalesce(group_concat(' OR "' || ${markOf('group', sql.ref('rowid'))} || '"', ''), '')`;
  const extended = sql`' AND (' || ${names} || ${marks} || ')'`;
  return sql`(select case when count(*) > ${sql.lit(MAX_GROUPS)} then ${otherwise} else ${extended} end from (${groups}))`;
}
