import { isRecord } from '../encoding/is-record.ts';
import type { UserError, UserErrorCode } from '../model/user-error.ts';
import type { RefusedWrite } from './carry-out.ts';

/** The error codes for an account's messages about fields. The messages are those of API v2. */
const MEANINGS: readonly (readonly [words: RegExp, code: UserErrorCode])[] = [
  [/^This field must be unique/, 'TAKEN'],
  [/^This field may not be (?:blank|null)|^This field is required/, 'BLANK'],
  [/^Cannot be longer than|^Ensure this field has no more than/, 'TOO_LONG'],
  [/^Cannot contain|^Null characters|^Surrogate characters/, 'INVALID_CHARACTER'],
  [/^No such object/, 'NOT_FOUND'],
  [/^No \w+ matches/, 'NOT_FOUND'],
  [/^Cannot (?:modify|delete) system object/, 'SYSTEM_GROUP'],
  // A group can also be in use by something that this server does not have, such as triggers.
  [/is being used by campaigns/, 'IN_USE'],
];

/** The fields that have the same name in inputs here and in the account. */
const FIELDS: ReadonlySet<string> = new Set(['name', 'group']);

/** The error for a change of a campaign that API v2 cannot make. */
export function unsupported(change: 'archived' | 'restored' | 'deleted'): UserError {
  return {
    field: change === 'deleted' ? null : ['archived'],
    code: 'UNSUPPORTED_UPSTREAM',
    message: `A campaign cannot be ${change} here, because the API of the account that it is kept in cannot do that. Do it on the account’s own pages; the change appears here soon after.`,
  };
}

/** The error for an all-or-nothing change of several campaigns, which API v2 cannot make. */
export function notAtOnce(): UserError {
  return {
    field: null,
    code: 'UNSUPPORTED_UPSTREAM',
    message:
      'Several campaigns cannot be changed at once here, because the API of the account that they are kept in cannot do that. Change one after another.',
  };
}

/**
 * The user errors for a write that the account has refused: one for each of its messages, in its order and with its words. When the
 * answer has no readable message, returns one error that says so.
 * @param uuid The changed object; null for a new one.
 */
export function userErrorsOf({ status, body }: RefusedWrite, uuid: string | null): UserError[] {
  const errors = membersOf(body).flatMap(([member, said]) =>
    [said].flat().map((words) => {
      const text = typeof words === 'string' ? words : JSON.stringify(words);
      return userError({ status, uuid }, member, text);
    }),
  );
  if (errors.length > 0) return errors;
  return [
    {
      field: null,
      code: 'REFUSED_UPSTREAM',
      message: `The account has refused this with the status ${status}, and has not said why.`,
    },
  ];
}

function membersOf(body: unknown): [member: string, said: unknown][] {
  if (Array.isArray(body)) return body.map((said) => ['detail', said]);
  return isRecord(body) ? Object.entries(body) : [];
}

function userError(
  { status, uuid }: { readonly status: number; readonly uuid: string | null },
  member: string,
  words: string,
): UserError {
  const meaning = MEANINGS.find(([pattern]) => pattern.test(words))?.[1];
  // A new object cannot be what was not found. Older servers say only "Not found." (Django REST framework before 3.15), in the language
  // that they are set to.
  const isMissing = status === 404 && uuid !== null;
  const code = meaning ?? (isMissing ? 'NOT_FOUND' : 'REFUSED_UPSTREAM');
  const character = /^Cannot contain the character: (.)$/u.exec(words)?.[1];
  return {
    field: FIELDS.has(member) ? [member] : uuid !== null && code === 'NOT_FOUND' ? ['uuid'] : null,
    code,
    message: words,
    accountMessage: words,
    ...(character !== undefined && { character }),
  };
}
