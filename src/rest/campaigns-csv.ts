import type { StillAllows } from '../access/authenticate.ts';
import type { CreateContext } from '../graphql/context.ts';
import type { ReportError } from '../http/internal-error.ts';
import type { AuthorizationParts } from './authorize.ts';
import type { Run } from './prepare.ts';

/** The media type of CSV (RFC 7111). */
export const CSV = 'text/csv';

/** The columns of a file of campaigns. */
export const COLUMNS: readonly string[] = ['uuid', 'name', 'group', 'archived', 'created_on'];

export interface CsvParts extends AuthorizationParts {
  readonly run: Run;
  readonly createContext: CreateContext;
  readonly stillAllows: StillAllows;
  readonly report: ReportError;
  /** How long, in ms, an operation may take. */
  readonly requestTimeout: number;
}
