import type { Request, Response } from 'express';
import { CsvProblem, readCsv } from '../encoding/csv-read.ts';
import { unguarded } from '../encoding/csv-write.ts';
import { requestSignal } from '../http/request-signal.ts';
import { authorize } from './authorize.ts';
import { readBytes } from './body.ts';
import type { CsvParts } from './campaigns-csv.ts';
import { COLUMNS } from './campaigns-csv.ts';
import type { CampaignImportRow, PlanCampaignImportQuery } from './generated/operations.ts';
import { ImportCampaignsDocument, PlanCampaignImportDocument } from './generated/operations.ts';
import { HttpError } from './http-error.ts';
import { withIdempotencyKey } from './idempotency.ts';
import { sendJson } from './json-response.ts';
import { dataOf } from './outcome.ts';
import { QueryParameters } from './query-parameters.ts';

/** The largest file that is taken, in bytes: MAX_ROWS rows with the longest names. */
export const CSV_LIMIT = 8_000_000;

/** How many rows a file can have. GraphQL has the same limit. */
export const MAX_ROWS = 10_000;

/** The types of bodies that are taken for CSV. Browsers on Windows name the last but one, and others know none. */
const TYPES = new Set([
  'text/csv',
  'text/plain',
  'text/tab-separated-values',
  'application/csv',
  'application/vnd.ms-excel',
  'application/octet-stream',
]);

/** The columns that are read. Others are ignored. */
const READ = ['uuid', 'name', 'group', 'archived'] as const;
type ReadColumn = (typeof READ)[number];

/** A file's rows, each with its number in the file as spreadsheets count: the header is 1. */
interface Table {
  readonly rows: CampaignImportRow[];
  readonly numbers: readonly number[];
  readonly ignored: readonly string[];
}

/**
 * Answers to a file of campaigns: with `preview` what would become of each row, without it what has. A row whose `uuid` is a
 * campaign's gives this campaign the values of its cells, every other row is a new campaign. All rows are imported or none.
 */
export async function importCampaigns(parts: CsvParts, request: Request, response: Response): Promise<void> {
  const authorized = await authorize(parts, request, response, ['GET', 'HEAD', 'POST'], { conditional: false });
  if (!authorized) return;
  const parameters = new QueryParameters(request);
  const preview = previewOf(parameters.last('preview'));
  const plan = parameters.last('plan');
  const callerOf = withIdempotencyKey(request, authorized.caller);
  const { rows, numbers, ignored } = await readTable(request);
  const signal = requestSignal(response, parts.requestTimeout);
  const contextOf = (...operation: Parameters<typeof callerOf>) => parts.createContext(callerOf(...operation), signal);

  if (!preview) {
    const variables = { rows, ...(plan !== undefined && { plan }) };
    const context = contextOf(ImportCampaignsDocument, variables);
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
    // An error of no row is one of all files: the workspace is kept in an account.
    const refusal = payload?.userErrors.find(({ field }) => field === null);
    if (refusal) throw problem('account', refusal.message);
  }
  const variables = { rows };
  const context = parts.createContext(authorized.caller, signal);
  const { campaignImport: planned } = dataOf(await parts.run(PlanCampaignImportDocument, variables, context));
  const { created, changed, unchanged, refused } = planned;
  sendJson(response, preview ? 200 : refused > 0 ? 400 : 409, {
    imported: false,
    ...{ created, changed, unchanged, refused },
    plan: planned.plan,
    ignored_columns: ignored,
    rows: planned.rows.map((row, place) => shown(row, numbers[place] ?? 0, rows[place] ?? {})),
  });
}

function previewOf(value = 'false'): boolean {
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw new HttpError(400, `Param 'preview': ${value} is not one of true, false.`);
}

async function readTable(request: Request): Promise<Table> {
  const type = request.headers['content-type'] ?? 'text/csv';
  const bytes = await readBytes(request, CSV_LIMIT);
  if (!TYPES.has(type.split(';')[0]?.trim().toLowerCase() ?? '')) {
    throw new HttpError(415, `Unsupported media type "${type}" in request.`);
  }
  try {
    return await tableOf(readCsv(bytes, (cell) => COLUMNS.includes(columnName(cell))));
  } catch (error) {
    throw error instanceof CsvProblem ? problem(error.kind, error.message) : error;
  }
}

async function tableOf(records: AsyncIterable<readonly string[]>): Promise<Table> {
  const rows: CampaignImportRow[] = [];
  const numbers: number[] = [];
  let header: readonly string[] | undefined;
  let number = 0;
  for await (const cells of records) {
    number++;
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (!header) {
      header = cells.map(columnName);
      checkHeader(header, cells);
      continue;
    }
    if (rows.length === MAX_ROWS) {
      throw problem('rows', `The file has more than ${MAX_ROWS} rows. Import it in parts, each with the first row.`);
    }
    checkCells(header, cells, number);
    rows.push(rowOf(header, cells));
    numbers.push(number);
  }
  if (!header || rows.length === 0) throw problem('empty', 'The file has no rows below the names of the columns.');
  return { rows, numbers, ignored: header.filter((name) => name !== '' && !isRead(name)) };
}

/** Each of the columns may be there once, and with what there is a campaign can be known or made. */
function checkHeader(header: readonly string[], cells: readonly string[]): void {
  const repeated = READ.find((name) => header.filter((other) => other === name).length > 1);
  if (repeated) throw problem('columns', `The column ${repeated} is there more than once.`);
  if (header.includes('uuid') || (header.includes('name') && header.includes('group'))) return;
  throw problem(
    'columns',
    `The first row must name the columns: name and group, or uuid to change campaigns. It is: ${cells.join(', ').slice(0, 200)}`,
  );
}

/**
 * Each text of a row stands in a column. A row that is longer than the header has most likely a separator in a name that is not quoted:
 * the cells after it are in wrong columns, and would be imported as such.
 */
function checkCells(header: readonly string[], cells: readonly string[], number: number): void {
  const length = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  if (length <= header.length) return;
  throw problem(
    'cells',
    `Row ${number} has ${length} cells, and the first row has ${header.length}. A cell with a separator in it must stand in quotation marks.`,
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

/** The answer to a file that cannot be imported. Programs know why by the code. */
function problem(code: string, detail: string): HttpError {
  return new HttpError(400, { detail, code });
}

/** A row with its cells as they are in the file, so that a person finds a refused one again. */
function shown(
  row: PlanCampaignImportQuery['campaignImport']['rows'][number],
  number: number,
  { name = null, group = null, archived = null }: CampaignImportRow,
) {
  return {
    row: number,
    action: row.action.toLowerCase(),
    uuid: row.uuid,
    cells: { name, group, archived },
    before:
      row.nameBefore === null ? null : { name: row.nameBefore, group: row.groupBefore, archived: row.archivedBefore },
    after: row.nameAfter === null ? null : { name: row.nameAfter, group: row.groupAfter, archived: row.archivedAfter },
    errors: row.userErrors,
  };
}
