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
  /** Only with CONFLICT: the object as it is now. */
  readonly current?: Listed;
}

/** Whether the object's revision is not the one that the caller expects. Always false without an expected revision. */
export function isOutdated(expectedRevision: number | undefined, { revision }: { readonly revision: number }): boolean {
  return expectedRevision !== undefined && expectedRevision !== revision;
}

/** The result of a change: the object after the change, or the errors because of which nothing has changed. */
export type Result<Value> = { readonly value: Value } | { readonly errors: UserError[] };
