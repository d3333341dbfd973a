import { getFragmentData, graphql, type FragmentType } from '../generated/index.ts';
import type { InputErrorFragment, UserErrorCode } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import type { MessageId } from '../language/message-id.ts';

export const InputError = graphql(`
  fragment InputError on UserError {
    field
    code
    message
    character
  }
`);

/** In the unit of `nameLength`. */
export const MAX_NAME_LENGTH = 64;

/** Numbers that some of the messages have. */
const LENGTHS = { min: 1, max: MAX_NAME_LENGTH };

type InputErrorRef = FragmentType<typeof InputError>;

/** The kind of the changed object. The same error code needs another message for another kind. */
export type Subject = 'campaign' | 'group' | ErrorMessages;

/** The messages for the errors of another object, which are loaded with its page. */
export type ErrorMessages = Partial<Record<UserErrorCode, MessageId>>;

/** Error messages by form field. The key '' has the errors that belong to none of the form's fields. */
export type FieldErrors = Partial<Record<string, string>>;

/** Sorts the server's user errors by form field. Several errors of one field are joined. */
export function fieldErrors(
  subject: Subject,
  userErrors: readonly InputErrorRef[],
  formFields: readonly string[],
): FieldErrors {
  const byField: FieldErrors = {};
  for (const ref of userErrors) {
    const error = getFragmentData(InputError, ref);
    const name = error.field?.[0];
    const key = name !== undefined && formFields.includes(name) ? name : '';
    const text = describeUserError(subject, error);
    byField[key] = byField[key] === undefined ? text : `${byField[key]} ${text}`;
  }
  return byField;
}

/** All errors as one text, for actions without a form. */
export function joinedErrors(subject: Subject, userErrors: readonly InputErrorRef[]): string {
  return userErrors.map((ref) => describeUserError(subject, getFragmentData(InputError, ref))).join(' ');
}

const MESSAGES = {
  campaign: {
    BLANK: 'userError.blank',
    TOO_LONG: 'userError.tooLong',
    INVALID_CHARACTER: 'userError.invalidCharacter',
    TAKEN: 'userError.campaignNameTaken',
    NOT_FOUND: 'userError.campaignNotFound',
    ARCHIVED: 'userError.archived',
    CONFLICT: 'conflict.whileLooking',
    UNSUPPORTED_UPSTREAM: 'userError.unsupportedUpstream',
  },
  group: {
    BLANK: 'userError.blank',
    TOO_LONG: 'userError.tooLong',
    INVALID_CHARACTER: 'userError.invalidCharacter',
    TAKEN: 'userError.groupNameTaken',
    NOT_FOUND: 'userError.groupNotFound',
    SYSTEM_GROUP: 'userError.systemGroup',
    IN_USE: 'userError.groupInUse',
    CONFLICT: 'conflict.whileLooking',
  },
} satisfies Record<string, ErrorMessages>;

/** The length of a name as the server counts it: in Unicode code points, without the white space around it. */
export function nameLength(name: string): number {
  return Array.from(name.trim()).length;
}

/** The message for a name that is missing or too long; undefined for any other name. It is shown without asking the server. */
export function describeNameLength(name: string): string | undefined {
  const length = nameLength(name);
  if (length > MAX_NAME_LENGTH) return t('userError.tooLong', LENGTHS);
  return length === 0 ? t('userError.blank', LENGTHS) : undefined;
}

/** What is wrong with a character of a name. Undefined without a character, which a live account does not always name. */
function describeCharacter(character: string | null): string | undefined {
  if (character === null) return undefined;
  const isCode = character.startsWith('U+');
  return t(isCode ? 'userError.invalidCode' : 'userError.invalidCharacter', { character });
}

/** The error in the language of the page. A code of a newer server is shown in the server's own words. */
export function describeUserError(
  subject: Subject,
  { field, code, message, character }: Omit<InputErrorFragment, ' $fragmentName'>,
): string {
  const about = field?.includes('group') ? 'group' : subject;
  const messages: ErrorMessages = typeof about === 'string' ? MESSAGES[about] : about;
  const id = messages[code];
  if (id === undefined) return message;
  if (id === 'userError.invalidCharacter') return describeCharacter(character) ?? message;
  return t(id, { ...LENGTHS, who: t('conflict.somebody') });
}
