import { t } from '../language/language.ts';
import type { FieldErrors } from './input-error.ts';
import { describeError, errorDetails } from './request-error.ts';

/** The message of a form whose request has failed. It says why, and that the typed text is still there. */
export function entryKept(error: unknown): FieldErrors {
  return { '': t('error.entryKept', { message: describeError(errorDetails(error)) }) };
}
