import type { EndpointParts } from './endpoint.ts';
import type { Run } from './prepare.ts';

/** The media type of CSV (RFC 7111). */
export const CSV = 'text/csv';

/** The columns of a file of campaigns. */
export const COLUMNS: readonly string[] = ['uuid', 'name', 'group', 'archived', 'created_on'];

export interface CsvParts extends EndpointParts {
  readonly run: Run;
}
