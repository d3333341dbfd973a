import { isAnswerOfProxy, retryAfterSeconds } from '../api/http-response.ts';
import { inHeader } from '../api/in-header.js';
import { RequestError, type ErrorDetails } from '../api/request-error.ts';
import { readToken } from '../session/token.js';

/** The address of campaigns as CSV. It belongs to the REST API, because GraphQL answers with JSON. */
const ADDRESS = '/api/v2/campaigns.csv';

/** What can separate the columns of a file. */
export const SEPARATORS = ['comma', 'semicolon', 'tab'] as const;
export type Separator = (typeof SEPARATORS)[number];

/** The values of a campaign that a spreadsheet contains. */
export interface CampaignCells {
  name: string;
  group: string;
  archived: boolean;
}

export interface RowError {
  field: string[] | null;
  code: string;
  message: string;
  character: string | null;
  /** The number of an earlier row of the file that gets the same name. */
  taken_by_row: number | null;
}

/** What the import does with a row. `row` is its number in the file. */
export interface PlannedRow {
  row: number;
  action: 'create' | 'change' | 'keep' | 'refuse';
  uuid: string | null;
  /** The texts in the file. */
  cells: { name: string | null; group: string | null; archived: string | null };
  before: CampaignCells | null;
  after: CampaignCells | null;
  errors: RowError[];
}

/** What an import does or would do. */
export interface ImportAnswer {
  imported: boolean;
  created: number;
  changed: number;
  unchanged: number;
  refused: number;
  plan: string;
  ignored_columns: string[];
  rows: PlannedRow[];
}

/** Why a file as a whole cannot be imported. */
export type FileProblemCode = 'encoding' | 'empty' | 'quotes' | 'columns' | 'cells' | 'rows' | 'size' | 'altered';

export interface FileProblem {
  code: FileProblemCode;
  /** The number of the row that is wrong, for `quotes` and `cells`. */
  row?: number;
}

const FILE_PROBLEMS: ReadonlySet<unknown> = new Set<FileProblemCode>([
  'encoding',
  'empty',
  'quotes',
  'columns',
  'cells',
  'rows',
]);

/** Fetches the campaigns that match the parameters, as a file. Throws a RequestError, or an AbortError if the signal aborts. */
export async function downloadCsv(parameters: URLSearchParams, signal: AbortSignal): Promise<Blob> {
  const response = await send(`?${parameters}`, { signal, headers: { accept: 'text/csv' } });
  if (!response.ok) throw new RequestError(await detailsOf(response));
  try {
    return await response.blob();
  } catch (error) {
    throw signal.aborted ? error : new RequestError({ kind: 'unreachable' });
  }
}

/** What importing the file would do, or why it cannot be read. Throws a RequestError. */
export async function previewImport(file: Blob): Promise<ImportAnswer | FileProblem> {
  return post(file, '?preview=true');
}

/**
 * Imports the file if the import still does exactly what `plan` says. Otherwise nothing is imported, and the answer says what the
 * import would do now. Throws a RequestError. The key makes sure that a file which is sent twice is imported once.
 */
export async function importCsv(file: Blob, plan: string, key: string): Promise<ImportAnswer | FileProblem> {
  return post(file, `?plan=${plan}`, { 'idempotency-key': `"${key}"` });
}

async function post(
  file: Blob,
  query: string,
  headers: Record<string, string> = {},
): Promise<ImportAnswer | FileProblem> {
  const sent = { ...headers, accept: 'application/json', 'content-type': 'text/csv' };
  const response = await send(query, { method: 'POST', body: file, headers: sent }).catch(async (error: unknown) => {
    if (await canBeRead(file)) throw error;
  });
  if (!response) return { code: 'altered' };
  if (response.status === 413) return { code: 'size' };
  const body = (await response
    .clone()
    .json()
    .catch(() => undefined)) as Partial<ImportAnswer & FileProblem> | undefined;
  if (Array.isArray(body?.rows)) return body as ImportAnswer;
  if (response.status === 400 && FILE_PROBLEMS.has(body?.code)) return body as FileProblem;
  throw new RequestError(await detailsOf(response));
}

/** False for a file that was saved again, moved or deleted since the user chose it. The browser refuses to read such a file. */
async function canBeRead(file: Blob): Promise<boolean> {
  const firstByte = file.slice(0, 1).arrayBuffer();
  return firstByte.then(
    () => true,
    () => false,
  );
}

async function send(query: string, init: RequestInit & { headers: Record<string, string> }): Promise<Response> {
  try {
    return await fetch(ADDRESS + query, {
      ...init,
      headers: { ...init.headers, authorization: `Token ${inHeader(readToken() ?? '')}` },
      credentials: 'omit',
      cache: 'no-store',
    });
  } catch (error) {
    throw init.signal?.aborted ? error : new RequestError({ kind: 'unreachable' });
  }
}

async function detailsOf(response: Response): Promise<ErrorDetails> {
  if (response.status === 429) {
    return { kind: 'rate-limited', retryAfterSeconds: retryAfterSeconds(response, 60) };
  }
  const body = (await response.json().catch(() => undefined)) as { detail?: string } | undefined;
  // REST has the same status for an invalid token and for a role without permission.
  if (response.status === 403) return { kind: body?.detail === 'Invalid token' ? 'signed-out' : 'forbidden' };
  if (isAnswerOfProxy(response) && body?.detail === undefined) return { kind: 'unreachable' };
  // REST gives the reason in English only, so the console has its own message. The key makes a retry of an import safe.
  if (response.status === 503) return { kind: 'busy', retryAfterSeconds: retryAfterSeconds(response, 5) };
  return {
    kind: 'failed',
    code: response.status === 500 ? 'INTERNAL_SERVER_ERROR' : undefined,
    message: body?.detail ?? String(response.status),
    requestId: response.headers.get('x-request-id') ?? undefined,
  };
}
