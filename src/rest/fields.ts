import type { Request } from 'express';
import type { Members } from './body.ts';
import { readMembers } from './body.ts';
import type { UserErrorCode } from './generated/operations.ts';
import { HttpError } from './http-error.ts';
import { JsonNumber } from './number.ts';

/** The fields that bodies can set, in the order of error answers. */
const FIELD_NAMES = ['name', 'group'] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/**
 * The fields of a body. Each field has either a value, which the model then checks, or a problem that makes the value unusable. When the
 * body cannot be read, no field has either.
 */
export interface Fields {
  readonly values: Readonly<Partial<Record<FieldName, string>>>;
  readonly problems: Readonly<Partial<Record<FieldName, string>>>;
  /** The error for a body that cannot be read; null when it was read. */
  readonly unreadable: HttpError | null;
}

/** An error that the model found in a write. */
export interface WriteError {
  readonly field: readonly string[] | null;
  readonly code: UserErrorCode;
  readonly message: string;
  readonly character: string | null;
  /** The account's own message, when the workspace is kept in an account. */
  readonly accountMessage?: string | null;
}

/** Reads the named fields from the body of a request. Throws an HttpError when the body is too large. */
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
  /** Numbers are accepted as text. */
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
    // Existing servers accept an integer, but never find a group for it, because they look for a text. To them, true and false are
    // integers too (Python, `issubclass(bool, int)`).
    if (member instanceof JsonNumber && member.isInteger) return { problem: noSuchObject(member.toString()) };
    if (typeof member === 'boolean') return { problem: noSuchObject(member ? 'True' : 'False') };
    return { problem: 'Must be a string or integer' };
  },
};

/**
 * The error for a write with a wrong body: the body cannot be read, or else all errors of all fields, from parsing and from the model.
 */
export function bodyError({ values, problems, unreadable }: Fields, errors: readonly WriteError[]): HttpError {
  if (unreadable) return unreadable;
  const ofNoField = errors.filter(({ field }) => field === null);
  if (ofNoField.length > 0) return accountError(ofNoField);
  const body: Partial<Record<FieldName, string[]>> = {};
  for (const name of FIELD_NAMES) {
    const problem = problems[name];
    const found = problem === undefined ? messagesFor(name, errors, values[name] ?? '') : [problem];
    if (found.length > 0) body[name] = found;
  }
  return new HttpError(400, body);
}

/**
 * The error for a write that was refused for reasons that the contract does not have. Only an account gives such reasons. The error has its
 * words, or this server's when it has said nothing.
 */
export function accountError(errors: readonly WriteError[]): HttpError {
  return new HttpError(400, errors.map(({ accountMessage, message }) => accountMessage ?? message).join(' '));
}

/** The messages for the model's errors in a field: the account's own, or this server's when the account has said nothing. */
function messagesFor(name: FieldName, errors: readonly WriteError[], value: string): string[] {
  const found = errors.filter(({ field }) => field?.[0] === name);
  const said = found.flatMap(({ accountMessage }) => accountMessage ?? []);
  return said.length > 0 ? said : MESSAGES[name](found, value);
}

/** This server's messages for the errors in a field that has this value. */
const MESSAGES: Record<FieldName, (errors: readonly WriteError[], value: string) => string[]> = {
  name: nameMessages,
  group: (errors, value) => errors.map(() => noSuchObject(value)),
};

function noSuchObject(reference: string): string {
  return `No such object: ${reference}`;
}

/**
 * The contract's messages for the errors of a name. Existing servers check a name three times, and show the result of each check. The
 * first check finds the first rule that the name breaks. The second one finds that the name is taken. The third one checks length and
 * characters again, with other messages.
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

/** The messages of the first and of the third check for an error. Each of them may have none. */
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
    // The second check finds this one.
    case 'TAKEN':
    // REST never meets these in a name, except with the account's own message, which is shown instead.
    case 'NOT_FOUND':
    case 'ARCHIVED':
    case 'SYSTEM_GROUP':
    case 'IN_USE':
    case 'CONFLICT':
    case 'INVALID_ADDRESS':
    case 'TOO_MANY':
    case 'INACTIVE':
    case 'LAST_ADMINISTRATOR':
    case 'BEYOND_REACH':
    case 'PAST':
    case 'UNSUPPORTED_UPSTREAM':
    case 'REFUSED_UPSTREAM':
    case 'REPEATED':
    case 'INVALID':
      return {};
  }
}
