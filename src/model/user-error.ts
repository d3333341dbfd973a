import type { Listed } from './list.ts';

/** The codes of user errors. schema/user-error.graphql describes each. */
export type UserErrorCode =
  | 'BLANK'
  | 'TOO_LONG'
  | 'INVALID_CHARACTER'
  | 'TAKEN'
  | 'NOT_FOUND'
  | 'ARCHIVED'
  | 'SYSTEM_GROUP'
  | 'IN_USE'
  | 'CONFLICT'
  | 'INVALID_ADDRESS'
  | 'TOO_MANY'
  | 'INACTIVE'
  | 'LAST_ADMINISTRATOR'
  | 'BEYOND_REACH'
  | 'PAST'
  | 'UNSUPPORTED_UPSTREAM'
  | 'REFUSED_UPSTREAM'
  | 'REPEATED'
  | 'INVALID';

/** An input breaks a rule. GraphQL returns this object as it is; REST uses the wording of its contract. */
export interface UserError {
  /** The path of the field within the input; null when the error concerns no single field. */
  readonly field: string[] | null;
  readonly code: UserErrorCode;
  /** For people: what is wrong, and what would be right. */
  readonly message: string;
  /** Only with INVALID_CHARACTER: the character, or its code point such as U+0000 when it cannot be shown. */
  readonly character?: string;
  /** Only with TAKEN, when an earlier item of the same list gets the name: that item's index in the list, from 0. */
  readonly takenByItem?: number;
  /** Only when the account that the workspace mirrors has refused the input: the account's message, unchanged. */
  readonly accountMessage?: string;
  /** Only with CONFLICT: the object as it is now, if it is Listed. */
  readonly current?: Listed;
}

/** How many characters of an input a message has: as many as the longest name. */
const MAX_SHOWN = 512;

/**
 * An input in a message. Of one that is too long for a name only the beginning is shown, because one input can be the reason of many
 * errors of a request.
 */
export function shown(input: string): string {
  return input.length <= MAX_SHOWN ? input : `${input.slice(0, MAX_SHOWN)}…`;
}

/** What inputs name by its UUID, in the words of messages. */
type Named = 'campaign' | 'group' | 'member' | 'token' | 'webhook';

/** The error for a UUID that nothing of this type has in the workspace. `field` is the input's field with the UUID. */
export function notFound(type: Named, uuid: string, field = 'uuid'): UserError {
  return { field: [field], code: 'NOT_FOUND', message: `There is no ${type} with the UUID ${shown(uuid)}.` };
}

/** The error for a name that another object of the workspace has. `name` is as the other object writes it. */
export function nameTaken(
  holder: 'a campaign' | 'an archived campaign' | 'a group' | 'a webhook',
  name: string,
): UserError {
  return {
    field: ['name'],
    code: 'TAKEN',
    message: `There is ${holder} named “${name}” already. Choose another name.`,
  };
}

/** The error for an object that is outdated. `name` is what people call it. */
export function conflict(current: Listed & { readonly revision: number }, name: string): UserError {
  return { ...outdated(current, name), current };
}

/** Like `conflict`, for an object that is not Listed: the error does not have it. */
export function outdated({ revision }: { readonly revision: number }, name: string): UserError {
  return {
    field: ['expectedRevision'],
    code: 'CONFLICT',
    message: `“${name}” has changed since you read it: its revision is now ${revision}. Read it again, and repeat the change with this revision if it is still right.`,
  };
}

/** Whether the object's revision is not the one that the caller expects. Always false without an expected revision. */
export function isOutdated(expectedRevision: number | undefined, { revision }: { readonly revision: number }): boolean {
  return expectedRevision !== undefined && expectedRevision !== revision;
}

/** A value, or the errors because of which there is none. As the result of a change: nothing has changed then. */
export type Result<Value> = { readonly value: Value } | { readonly errors: UserError[] };

/** The errors of all the results together. */
export function errorsOf(...results: readonly Result<unknown>[]): UserError[] {
  return results.flatMap((result) => ('errors' in result ? result.errors : []));
}
