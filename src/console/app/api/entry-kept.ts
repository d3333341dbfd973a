import { t } from '../language/language.ts';
import type { FieldErrors } from './input-error.ts';
import { describeError, errorDetails } from './request-error.ts';

/** What a form shows when its request could not be answered: why, and that what was typed is still there. */
export function entryKept(error: unknown): FieldErrors {
  return { '': t('error.entryKept', { message: describeError(errorDetails(error)) }) };
}
