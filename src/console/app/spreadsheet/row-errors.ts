import { describeUserError } from '../api/input-error.ts';
import type { UserErrorCode } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import type { RowError } from './csv-requests.ts';

/** Why a row is refused, in the language of the page. Errors that only spreadsheets can have get their own messages here. */
export function describeRowError({ field, code, message, character, taken_by_row: row }: RowError): string {
  const about = field?.[0];
  if (code === 'REPEATED') return t('spreadsheet.error.repeated');
  if (code === 'TAKEN' && row !== null) return t('spreadsheet.error.taken', { row });
  if (code === 'INVALID') return t('spreadsheet.error.archived');
  if (code === 'BLANK' && about === 'group') return t('spreadsheet.error.groupMissing');
  if (code === 'NOT_FOUND') return t(about === 'group' ? 'spreadsheet.error.group' : 'spreadsheet.error.uuid');
  return describeUserError('campaign', { field, code: code as UserErrorCode, message, character });
}
