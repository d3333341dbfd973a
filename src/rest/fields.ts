import type { Request } from 'express';
import type { Members } from './body.ts';
import { readMembers } from './body.ts';
import type { UserErrorCode } from './generated/operations.ts';
import { HttpError } from './http-error.ts';
import { JsonNumber } from './number.ts';

/** The fields that bodies can set. */
export type FieldName = 'name' | 'group';

/**
 * What a body says of the fields that an endpoint writes, read once. Each field has either a value, which the model
 * judges, or a problem, which makes its value unusable. When the body cannot be read, there are neither.
 */
export interface Fields {
  readonly values: Readonly<Partial<Record<FieldName, string>>>;
  readonly problems: Readonly<Partial<Record<FieldName, string>>>;
  /** The answer to a body that cannot be read; null when it could be. */
  readonly unreadable: HttpError | null;
}

/** An error that the model found in a write. */
export interface WriteError {
  readonly field: readonly string[] | null;
  readonly code: UserErrorCode;
  readonly character: string | null;
  /** What the account has said that the workspace is kept in, word for word. */
  readonly accountMessage?: string | null;
}

/** Reads the named fields from the body of a request. Throws the HttpError of a body that is too large. */
export async function readFields(request: Request, names: readonly FieldName[]): Promise<Fields> {
  const members = await readMembers(request);
  return members instanceof HttpError
    ? { values: {}, problems: {}, unreadable: members }
    : { ...parseFields(members, names), unreadable: null };
}

function parseFields(members: Members, names: readonly FieldName[]): Pick<Fields, 'values' | 'problems'> {
  const values: Partial<Record<FieldName, string>> = {};
  const problems: Partial<Record<FieldName, string>> = {};
  for (const name of names) {
    const field = PARSERS[name](members.get(name));
    if ('value' in field) values[name] = field.value;
    else problems[name] = field.problem;
  }
  return { values, problems };
}

type Field = { readonly value: string } | { readonly problem: string };

const REQUIRED = { problem: 'This field is required.' };
const NULL = { problem: 'This field may not be null.' };

const PARSERS: Record<FieldName, (member: unknown) => Field> = {
  /** Numbers are taken as text. */
  name(member) {
    if (member === undefined) return REQUIRED;
    if (member === null) return NULL;
    if (member instanceof JsonNumber) return { value: member.toString() };
    return typeof member === 'string' ? { value: member } : { problem: 'Not a valid string.' };
  },

  /** The UUID or the name of a group. Empty text is the same as null. */
  group(member) {
    if (member === undefined) return REQUIRED;
    if (member === null || member === '') return NULL;
    if (typeof member === 'string') return { value: member };
    // Existing servers accept an integer, and find no group for it, because they look up text only.
    if (member instanceof JsonNumber && member.isInteger) return { problem: noSuchObject(member.toString()) };
    return { problem: 'Must be a string or integer' };
  },
};

/**
 * The answer to a write that is refused for its body: that the body cannot be read, or else the errors of all fields at
 * once, with the problems that were found while reading and those that the model found.
 */
export function bodyError({ values, problems, unreadable }: Fields, errors: readonly WriteError[]): HttpError {
  if (unreadable) return unreadable;
  const errorsOf = (name: FieldName) => errors.filter(({ field }) => field?.[0] === name);
  const said = errors.flatMap(({ field, accountMessage }) =>
    field === null && accountMessage ? [accountMessage] : [],
  );
  if (said.length > 0) return new HttpError(400, said.join(' '));
  const name = problems.name === undefined ? messages(errorsOf('name'), nameMessages) : [problems.name];
  const group =
    problems.group === undefined
      ? messages(errorsOf('group'), (found) => found.map(() => noSuchObject(values.group ?? '')))
      : [problems.group];
  return new HttpError(400, { ...(name.length && { name }), ...(group.length && { group }) });
}

/** What an account has said of a field, as it stands, or else this server's words for the errors. */
function messages(errors: readonly WriteError[], own: (errors: readonly WriteError[]) => string[]): string[] {
  const said = errors.flatMap(({ accountMessage }) => accountMessage ?? []);
  return said.length > 0 ? said : own(errors);
}

function noSuchObject(reference: string): string {
  return `No such object: ${reference}`;
}

/**
 * The contract's messages for the errors of a name. Existing servers check a name three times, and show what each check
 * finds: the first of the rules that the name breaks, then that it is taken, then length and characters once more in other
 * words.
 */
function nameMessages(errors: readonly WriteError[]): string[] {
  const found = errors.map(messagesOf);
  const [first] = found.flatMap(({ rule }) => rule ?? []);
  return [
    ...(first === undefined ? [] : [first]),
    ...(errors.some(({ code }) => code === 'TAKEN') ? ['This field must be unique.'] : []),
    ...found.flatMap(({ again }) => again ?? []),
  ];
}

/** What the first and the third check say of an error; either may say nothing. */
function messagesOf({ code, character }: WriteError): { rule?: string; again?: string } {
  switch (code) {
    case 'BLANK':
      return { rule: 'This field may not be blank.' };
    case 'TOO_LONG':
      return {
        rule: 'Cannot be longer than 64 characters.',
        again: 'Ensure this field has no more than 64 characters.',
      };
    case 'INVALID_CHARACTER':
      if (character === 'U+0000') {
        return { rule: 'Cannot contain null characters.', again: 'Null characters are not allowed.' };
      }
      return character?.startsWith('U+')
        ? { again: `Surrogate characters are not allowed: ${character}.` }
        : { rule: `Cannot contain the character: ${character}` };
    default:
      return {};
  }
}
