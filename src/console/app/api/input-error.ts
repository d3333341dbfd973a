import { getFragmentData, graphql, type FragmentType } from '../generated/index.ts';

export const InputError = graphql(`
  fragment InputError on UserError {
    field
    code
    message
  }
`);

/** Error messages by form field. The key '' has the errors that belong to none of the form's fields. */
export type FieldErrors = Partial<Record<string, string>>;

/** Sorts the server's user errors by form field. Several errors of one field are joined. */
export function fieldErrors(
  userErrors: readonly FragmentType<typeof InputError>[],
  formFields: readonly string[],
): FieldErrors {
  const byField: FieldErrors = {};
  for (const ref of userErrors) {
    const { field, message } = getFragmentData(InputError, ref);
    const name = field?.[0];
    const key = name !== undefined && formFields.includes(name) ? name : '';
    byField[key] = byField[key] === undefined ? message : `${byField[key]} ${message}`;
  }
  return byField;
}

/** All messages as one text, for actions without a form. */
export function joinedMessages(userErrors: readonly FragmentType<typeof InputError>[]): string {
  return userErrors.map((ref) => getFragmentData(InputError, ref).message).join(' ');
}
