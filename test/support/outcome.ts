import type { Result } from '../../src/model/user-error.ts';

/** The value of a change that succeeded. Throws when the change was refused. */
export function done<Outcome extends Result<unknown>>(result: Outcome): Extract<Outcome, { value: unknown }>['value'] {
  if ('errors' in result) throw new Error(`refused: ${JSON.stringify(result.errors)}`);
  return result.value;
}

/** The errors of a change that was refused, as `field: code`. The field is the first element of the error's path. */
export function refusals(result: Result<unknown>): string[] {
  if ('value' in result) throw new Error('it went well');
  return result.errors.map(({ field, code }) => `${field?.[0] ?? '-'}: ${code}`);
}
