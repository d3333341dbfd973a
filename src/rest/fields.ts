import type { GroupReference } from './generated/operations.ts';
import type { Members } from './body.ts';
import { JsonNumber } from './number.ts';
import type { WriteError } from './write.ts';

/** What a body says of one field: a value that the model can judge, or why there is none. */
export type Field<Value> = { readonly value: Value } | { readonly problem: string };

const REQUIRED = { problem: 'This field is required.' };
const NULL = { problem: 'This field may not be null.' };

/** The name that a body gives. Numbers are taken as text. */
export function nameField(members: Members): Field<string> {
  const value = members.get('name');
  if (value === undefined) return REQUIRED;
  if (value === null) return NULL;
  if (value instanceof JsonNumber) return { value: value.toString() };
  return typeof value === 'string' ? { value } : { problem: 'Not a valid string.' };
}

/** The group that a body names, by UUID or by name. Empty text is the same as null. */
export function groupField(members: Members): Field<string> {
  const value = members.get('group');
  if (value === undefined) return REQUIRED;
  if (value === null || value === '') return NULL;
  if (typeof value === 'string') return { value };
  // Integers are accepted, and name no group: only text is looked up.
  if (value instanceof JsonNumber && value.isInteger) return { problem: noSuchObject(value.toString()) };
  return { problem: 'Must be a string or integer' };
}

/**
 * What stands in for a field that has no value, so that the other fields are judged all the same: the model refuses it
 * always, so that nothing is ever written with it.
 */
export const REFUSED_NAME = '';
export const REFUSED_GROUP: GroupReference = { name: '' };

function noSuchObject(reference: string): string {
  return `No such object: ${reference}`;
}

/** What is wrong with a body's name: what its field says, and otherwise what the model says. */
export function nameProblems(members: Members, errors: readonly WriteError[]): string[] {
  const name = nameField(members);
  return 'problem' in name ? [name.problem] : nameMessages(errors.filter(({ field }) => field?.[0] === 'name'));
}

/** The same for its group. */
export function groupProblems(members: Members, errors: readonly WriteError[]): string[] {
  const group = groupField(members);
  if ('problem' in group) return [group.problem];
  return errors.filter(({ field }) => field?.[0] === 'group').map(() => noSuchObject(group.value));
}

/**
 * The contract's words for what is wrong with a name. Existing servers check a name in three steps and show what each
 * finds: the first rule that it breaks, whether it is taken, and then length and characters once more in other words.
 */
function nameMessages(errors: readonly WriteError[]): string[] {
  const found = errors.map(words);
  const [first] = found.flatMap(({ rule }) => rule ?? []);
  return [
    ...(first ? [first] : []),
    ...(errors.some(({ code }) => code === 'TAKEN') ? ['This field must be unique.'] : []),
    ...found.flatMap(({ field }) => field ?? []),
  ];
}

function words({ code, character }: WriteError): { rule?: string; field?: string } {
  switch (code) {
    case 'BLANK':
      return { rule: 'This field may not be blank.' };
    case 'TOO_LONG':
      return {
        rule: 'Cannot be longer than 64 characters.',
        field: 'Ensure this field has no more than 64 characters.',
      };
    case 'INVALID_CHARACTER':
      if (character === 'U+0000') {
        return { rule: 'Cannot contain null characters.', field: 'Null characters are not allowed.' };
      }
      return character?.startsWith('U+')
        ? { field: `Surrogate characters are not allowed: ${character}.` }
        : { rule: `Cannot contain the character: ${character}` };
    default:
      return {};
  }
}
