import type { Request, Response } from 'express';
import { CsvProblem, readCsv } from '../encoding/csv-read.ts';
import { unguarded } from '../encoding/csv-write.ts';
import { LIMITS } from '../graphql/execution/limits.ts';
import { RequestEnded, requestSignal } from '../http/request-signal.ts';
import { LoopTurns } from '../waiting/loop-turns.ts';
import { authorize } from './authorize.ts';
import { readBytes } from './body.ts';
import type { CsvParts } from './campaigns-csv.ts';
import { COLUMNS } from './campaigns-csv.ts';
import type { CampaignImportRow, PlanCampaignImportQuery } from './generated/operations.ts';
import { ImportCampaignsDocument, PlanCampaignImportDocument } from './generated/operations.ts';
import { HttpError, serviceUnavailable } from './http-error.ts';
import { withIdempotencyKey } from './idempotency.ts';
import { sendJson, sendJsonList } from './json-response.ts';
import { dataOf } from './outcome.ts';
import { QueryParameters } from './query-parameters.ts';

/** The largest file that is accepted, in bytes: enough for as many rows as an import can have, with the longest names. */
export const CSV_LIMIT = 8_000_000;

/** The Content-Types that are accepted for CSV. Browsers on Windows send the last but one. Programs that know no type send the last one. */
const TYPES = new Set([
  'text/csv',
  'text/plain',
  'text/tab-separated-values',
  'application/csv',
  'application/vnd.ms-excel',
  'application/octet-stream',
]);

/** How many lines a file may have, empty ones included. */
const MAX_LINES = 2 * LIMITS.importedRows;

/** The columns that are read. All others are ignored. */
const READ = ['uuid', 'name', 'group', 'archived'] as const;
type ReadColumn = (typeof READ)[number];

/** The rows of a file, each with its number. The header has the number 1, as in spreadsheets. */
interface Table {
  readonly rows: CampaignImportRow[];
  readonly numbers: readonly number[];
  readonly ignored: readonly string[];
}

/**
 * Imports a file of campaigns. With the parameter `preview` it only answers what an import would do with each row. A row with the `uuid`
 * of a campaign changes that campaign to the values of its cells. Every other row creates a campaign. Either all rows are imported or none.
 */
export async function importCampaigns(
  parts: CsvParts,
  request: Request,
  response: Response,
  methods: readonly string[],
): Promise<void> {
  const authorized = await authorize(parts, request, response, methods, { conditional: false });
  if (!authorized) return;
  const parameters = new QueryParameters(request);
  const preview = parameters.choice('preview', { true: true, false: false }, 'false');
  const plan = parameters.last('plan');
  const callerOf = withIdempotencyKey(request, authorized.caller);
  const bytes = await readFile(request);
  const signal = requestSignal(response, parts.requestTimeout);
  const turns = new LoopTurns(authorized.caller.viewer.workspace.id);
  const { rows, numbers, ignored } = await tableOf(bytes, signal, turns);

  if (!preview) {
    const variables = { rows, ...(plan !== undefined && { plan }) };
    const context = parts.createContext(callerOf(ImportCampaignsDocument, variables), signal);
    const { importCampaigns: payload } = dataOf(await parts.run(ImportCampaignsDocument, variables, context));
    if (payload?.imported) {
      const { imported, created, changed, unchanged } = payload;
      sendJson(response, 200, {
        imported,
        created,
        changed,
        unchanged,
        refused: 0,
        ignored_columns: ignored,
        rows: [],
      });
      return;
    }
    // An error without a row applies to every file: the workspace is kept in an account, where nothing can be imported.
    const refusal = payload?.userErrors.find(({ field }) => field === null);
    if (refusal) throw problem('account', refusal.message);
  }
  const variables = { rows };
  const context = parts.createContext(authorized.caller, signal);
  const { campaignImport: planned } = dataOf(await parts.run(PlanCampaignImportDocument, variables, context));
  const { created, changed, unchanged, refused } = planned;
  const counts = {
    imported: false,
    created,
    changed,
    unchanged,
    refused,
    plan: planned.plan,
    ignored_columns: ignored,
  };
  const items = planned.rows.values().map((row, place) => shown(row, place, { rows, numbers }));
  await sendJsonList(
    response,
    preview ? 200 : refused > 0 ? 400 : 409,
    { members: counts, name: 'rows', items },
    turns,
  );
}

async function readFile(request: Request): Promise<Buffer> {
  const type = request.headers['content-type'] ?? 'text/csv';
  const bytes = await readBytes(request, CSV_LIMIT);
  if (TYPES.has(type.split(';')[0]?.trim().toLowerCase() ?? '')) return bytes;
  throw new HttpError(415, `Unsupported media type "${type}" in request. Send the file with "Content-Type: text/csv".`);
}

/** Reads the table of a file. Throws an HttpError when it cannot be read, or not in time. */
async function tableOf(bytes: Buffer, signal: AbortSignal, turns: LoopTurns): Promise<Table> {
  try {
    return await readTable(
      readCsv(bytes, (cell) => COLUMNS.includes(columnName(cell)), turns),
      signal,
    );
  } catch (error) {
    if (error instanceof CsvProblem) throw problem(error.kind, error.message, error.row);
    throw error instanceof RequestEnded ? serviceUnavailable(error.message) : error;
  }
}

async function readTable(records: AsyncIterable<readonly string[]>, signal: AbortSignal): Promise<Table> {
  const rows: CampaignImportRow[] = [];
  const numbers: number[] = [];
  let header: readonly string[] | undefined;
  let number = 0;
  for await (const cells of records) {
    number++;
    signal.throwIfAborted();
    if (number > MAX_LINES) {
      throw problem('rows', `The file has more than ${MAX_LINES} lines, empty ones included. Delete the empty ones.`);
    }
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (!header) {
      header = cells.map(columnName);
      checkHeader(header, cells);
      continue;
    }
    if (rows.length === LIMITS.importedRows) {
      throw problem(
        'rows',
        `The file has more than ${LIMITS.importedRows} rows. Import it in parts, each with the first row.`,
      );
    }
    checkCells(header, cells, number);
    rows.push(rowOf(header, cells));
    numbers.push(number);
  }
  if (!header || rows.length === 0) throw problem('empty', 'The file has no rows below the names of the columns.');
  return { rows, numbers, ignored: header.filter((name) => name !== '' && !isRead(name)) };
}

/** Throws when a column is repeated, or when the columns are enough neither to find a campaign nor to create one. */
function checkHeader(header: readonly string[], cells: readonly string[]): void {
  const repeated = READ.find((name) => header.filter((other) => other === name).length > 1);
  if (repeated) throw problem('columns', `The column ${repeated} occurs more than once.`);
  if (header.includes('uuid') || (header.includes('name') && header.includes('group'))) return;
  throw problem(
    'columns',
    `The first row must name the columns: name and group, or uuid to change campaigns. It is: ${cells.join(', ').slice(0, 200)}`,
  );
}

/**
 * Throws when a row has more cells than the header. Most likely a name has a separator and is not in quotation marks. The cells after it
 * are then in the wrong columns, and would be imported from there.
 */
function checkCells(header: readonly string[], cells: readonly string[], number: number): void {
  const length = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  if (length <= header.length) return;
  throw problem(
    'cells',
    `Row ${number} has ${length} cells, and the first row has ${header.length}. A cell with a separator in it must be in quotation marks.`,
    number,
  );
}

function rowOf(header: readonly string[], cells: readonly string[]): CampaignImportRow {
  const row: CampaignImportRow = {};
  for (const [place, name] of header.entries()) {
    const cell = cells[place];
    if (isRead(name) && cell !== undefined) row[name] = unguarded(cell);
  }
  return row;
}

function columnName(cell: string): string {
  return unguarded(cell.trim()).toLowerCase();
}

function isRead(name: string): name is ReadColumn {
  return (READ as readonly string[]).includes(name);
}

/** The error for a file that cannot be imported. The code tells programs the reason. `row` is the number of the row that is wrong. */
function problem(code: string, detail: string, row?: number): HttpError {
  return new HttpError(400, { detail, code, ...(row !== undefined && { row }) });
}

/** How long a cell is in the answer, in UTF-16 code units. A longer one has more than any valid name, and is cut. */
const MAX_SHOWN = 256;

function cut(cell: string | null): string | null {
  return cell === null || cell.length <= MAX_SHOWN ? cell : `${cell.slice(0, MAX_SHOWN).toWellFormed()}…`;
}

/** A row of the answer. It has the cells as they are in the file, so that users can find a refused row there. */
function shown(
  row: PlanCampaignImportQuery['campaignImport']['rows'][number],
  place: number,
  { rows, numbers }: Pick<Table, 'rows' | 'numbers'>,
) {
  const { name = null, group = null, archived = null } = rows[place] ?? {};
  return {
    row: numbers[place] ?? 0,
    action: row.action.toLowerCase(),
    uuid: row.uuid,
    cells: { name: cut(name), group: cut(group), archived: cut(archived) },
    before:
      row.nameBefore === null ? null : { name: row.nameBefore, group: row.groupBefore, archived: row.archivedBefore },
    after: row.nameAfter === null ? null : { name: row.nameAfter, group: row.groupAfter, archived: row.archivedAfter },
    errors: row.userErrors.map(({ takenByItem, ...error }) => ({
      ...error,
      taken_by_row: takenByItem === null ? null : (numbers[takenByItem] ?? null),
    })),
  };
}
