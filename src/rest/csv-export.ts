import { setTimeout as wait } from 'node:timers/promises';
import type { Request, Response } from 'express';
import type { Separator } from '../encoding/csv-write.ts';
import { BYTE_ORDER_MARK, csvRow, guarded, SEPARATORS } from '../encoding/csv-write.ts';
import type { Caller } from '../graphql/context.ts';
import { outageOf } from '../graphql/execution/unavailable.ts';
import type { Place } from '../http/admission.ts';
import { OVERLOADED_MESSAGE } from '../http/admission.ts';
import { callerSignal, partSignal } from '../http/request-signal.ts';
import { asError } from '../thrown.ts';
import { authorize, givenCredentials } from './authorize.ts';
import { campaignFilter, unusableFilter } from './campaign-filter.ts';
import type { CsvParts } from './campaigns-csv.ts';
import { COLUMNS, CSV } from './campaigns-csv.ts';
import type { ExportCampaignsQuery, ExportCampaignsQueryVariables } from './generated/operations.ts';
import { ExportCampaignsDocument } from './generated/operations.ts';
import { HttpError, INVALID_TOKEN, serviceUnavailable } from './http-error.ts';
import { dataOf } from './outcome.ts';
import { PAGE_SIZE } from './page.ts';
import { QueryParameters } from './query-parameters.ts';
import { restTime } from './time.ts';

/** How often a page is tried while the server is overloaded or the database is unavailable. There is a second between two tries. */
const ATTEMPTS = 30;

const ORDERS = {
  newest: { field: 'CREATED', direction: 'DESC' },
  oldest: { field: 'CREATED', direction: 'ASC' },
  name: { field: 'NAME', direction: 'ASC' },
  'name-desc': { field: 'NAME', direction: 'DESC' },
} as const;

type Page = ExportCampaignsQuery['campaigns'];

/** A download that has been authorized. */
interface Download {
  readonly parts: CsvParts;
  readonly request: Request;
  readonly response: Response;
  readonly parameters: QueryParameters;
  readonly caller: Caller;
  readonly variables: Omit<ExportCampaignsQueryVariables, 'after'>;
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal;
}

/**
 * Answers with all campaigns that match the parameters, as CSV. They are read page by page. Each page is an operation with its own
 * deadline and its own admission, and is read only when the client has taken the page before. So a long download does not delay other
 * requests. Pages are read by cursors, so no campaign is missing or repeated, except one that is renamed during a download in the
 * order by name.
 */
export async function exportCampaigns(
  parts: CsvParts,
  request: Request,
  response: Response,
  methods: readonly string[],
): Promise<void> {
  const authorized = await authorize(parts, request, response, methods, {
    form: CSV,
    conditional: false,
    forViewers: true,
  });
  if (!authorized) return;
  const parameters = new QueryParameters(request);
  const separator = parameters.choice('separator', SEPARATORS, 'comma');
  const search = parameters.last('search');
  const variables = {
    first: PAGE_SIZE,
    ...campaignFilter(parameters),
    ...(search !== undefined && { search }),
    orderBy: parameters.choice('order', ORDERS, 'newest'),
  };
  const signal = callerSignal(response);
  const download: Download = { parts, request, response, parameters, caller: authorized.caller, variables, signal };
  const first = await readPage(download);
  authorized.place.leave();
  response.writeHead(200, {
    'content-type': `${CSV}; charset=utf-8; header=present`,
    'content-disposition': `attachment; filename="campaigns-${new Date().toISOString().slice(0, 10)}.csv"`,
    // Without this header, nginx would buffer the whole file.
    'x-accel-buffering': 'no',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const send = senderOf(response, signal);
  try {
    await send(`${BYTE_ORDER_MARK}${csvRow(COLUMNS, separator)}${rowsOf(first, separator)}`);
    for (let page = first; page.pageInfo.hasNextPage;) {
      page = await nextPage(download, page);
      await send(rowsOf(page, separator));
    }
    response.end();
  } catch (error) {
    // The status has already been sent. The client sees that the file is incomplete only if the connection breaks.
    response.destroy();
    if (signal.aborted || error instanceof HttpError || isTemporary(error)) return;
    parts.report(asError(error), authorized.caller.requestId);
  }
}

async function readPage(
  { parts, parameters, caller, variables, signal: whole }: Download,
  after?: string,
): Promise<Page> {
  const { signal, done } = partSignal(whole, parts.requestTimeout);
  try {
    const context = parts.createContext(caller, signal);
    const outcome = await parts.run(
      ExportCampaignsDocument,
      { ...variables, ...(after !== undefined && { after }) },
      context,
    );
    if ('unusable' in outcome) {
      const problem = unusableFilter(parameters, outcome.unusable);
      if (problem) throw problem;
    }
    return dataOf(outcome).campaigns;
  } finally {
    done();
  }
}

/** Reads the page after another. It is admitted like a request of its own, and tried again after errors that tell clients to try again. */
async function nextPage(download: Download, { pageInfo: { endCursor } }: Page): Promise<Page> {
  const { parts, request, response, caller, signal } = download;
  const credentials = givenCredentials(request);
  for (let attempt = 1; ; attempt++) {
    let place: Place | null = null;
    try {
      // When the token is revoked, the download ends.
      if (!credentials || !(await parts.roleNow(credentials))) throw new HttpError(403, INVALID_TOKEN);
      place = await parts.admission.admit(caller.viewer.workspace.id, response);
      if (!place) throw serviceUnavailable(OVERLOADED_MESSAGE);
      return await readPage(download, endCursor ?? undefined);
    } catch (error) {
      if (attempt === ATTEMPTS || !isTemporary(error)) throw error;
    } finally {
      place?.leave();
    }
    await wait(1_000, undefined, { signal });
  }
}

/** Whether the same page may be there later: the server is overloaded, or the database or a live account is unavailable. */
function isTemporary(error: unknown): boolean {
  if (error instanceof HttpError) return error.status === 503;
  return error instanceof Error && outageOf(error) !== null;
}

function rowsOf({ nodes }: Page, separator: Separator): string {
  return nodes
    .map(({ uuid, name, group, archived, createdOn }) =>
      csvRow([uuid, guarded(name), guarded(group.name), archived ? 'yes' : 'no', restTime(createdOn)], separator),
    )
    .join('');
}

/** Sends an answer in parts. Waits while the client has not taken enough of the parts before. Rejects when the client has gone. */
function senderOf(response: Response, whole: AbortSignal): (text: string) => Promise<void> {
  // There is one listener for the whole answer, because the compression middleware does not let listeners be removed.
  let proceed = () => {};
  response.on('drain', () => proceed());
  whole.addEventListener('abort', () => proceed());
  return async (text) => {
    whole.throwIfAborted();
    if (response.write(text)) return;
    await new Promise<void>((resolve) => (proceed = resolve));
    whole.throwIfAborted();
  };
}
