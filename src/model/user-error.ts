/** What can be wrong with an input. The schema says what each means (schema/user-error.graphql). */
export type UserErrorCode =
  'BLANK' | 'TOO_LONG' | 'INVALID_CHARACTER' | 'TAKEN' | 'NOT_FOUND' | 'ARCHIVED' | 'SYSTEM_GROUP' | 'IN_USE';

/** A rule that an input breaks, as data: GraphQL shows it as it is, REST in the words of its contract. */
export interface UserError {
  /** The path within the input; null when it is no single field. */
  readonly field: string[] | null;
  readonly code: UserErrorCode;
  /** For people: what is wrong, and what would be right. */
  readonly message: string;
  /** With INVALID_CHARACTER: the character, or U+0000 and the like where it cannot be shown. */
  readonly character?: string;
}

/** What a change comes to: the object as it is now, or why nothing has changed. */
export type Result<Value> = { readonly value: Value } | { readonly errors: UserError[] };
