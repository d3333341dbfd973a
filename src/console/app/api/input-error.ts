import { getFragmentData, graphql, type FragmentType } from '../generated/index.ts';

export const InputError = graphql(`
  fragment InputError on UserError {
    field
    code
    message
  }
`);

/** The server's user errors by the form's fields; those of no field that the form has are under ''. */
export type FieldErrors = Partial<Record<string, string>>;

export function fieldErrors(
  userErrors: readonly FragmentType<typeof InputError>[],
  formFields: readonly string[],
): FieldErrors {
  const byField: FieldErrors = {};
  for (const ref of userErrors) {
    const { field, message } = getFragmentData(InputError, ref);
    const name = field?.[0];
    const at = name !== undefined && formFields.includes(name) ? name : '';
    byField[at] = byField[at] === undefined ? message : `${byField[at]} ${message}`;
  }
  return byField;
}

/** All the messages as one text, for a change that has no form. */
export function joinedMessages(userErrors: readonly FragmentType<typeof InputError>[]): string {
  return userErrors.map((ref) => getFragmentData(InputError, ref).message).join(' ');
}
