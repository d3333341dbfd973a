import type { Author } from '../database/database.ts';
import type { ChangeAction, ChangedType, Micros } from '../database/tables.ts';
import type { Listed } from './list.ts';

/** A change of a campaign, a group, a member or a token, as it was recorded. */
export interface Change extends Listed {
  /** The revision that the change gave to its workspace. */
  readonly id: number;
  /** The UUID of the change itself, not of the changed object: see `changeUuid`. */
  readonly uuid: string;
  /** The epoch of the revision. */
  readonly epoch: string;
  readonly action: ChangeAction;
  readonly subject: ChangedObject;
  readonly author: Author;
  readonly changedOn: Micros;
  readonly fields: readonly ChangedField[];
}

/** The names of the types in the contracts. */
export const TYPE_NAMES = {
  Campaign: 'CAMPAIGN',
  Group: 'GROUP',
  Member: 'MEMBER',
  ApiToken: 'API_TOKEN',
} as const satisfies Record<ChangedType, string>;

export const CHANGED_TYPES = Object.keys(TYPE_NAMES) as readonly ChangedType[];

/** Names the object that has changed. */
export interface ChangedObject {
  readonly type: ChangedType;
  readonly uuid: string;
}

/** A field that has changed. A new object had no values before, and a deleted one has none after. */
export interface ChangedField {
  readonly name: string;
  readonly before: FieldValue;
  readonly after: FieldValue;
}

/** A value as JSON. A group is given with the name that it had at the time. */
export type FieldValue = string | number | boolean | null | { readonly uuid: string; readonly name: string };

/** A filter of changes. A change matches when it meets all the given conditions. */
export interface ChangeFilter {
  readonly types?: readonly ChangedType[] | undefined;
  /** The UUIDs of the changed objects. */
  readonly uuids?: readonly string[] | undefined;
  readonly actions?: readonly ChangeAction[] | undefined;
  /** The e-mail addresses of the users who made the changes. */
  readonly actors?: readonly string[] | undefined;
  readonly madeBefore?: Micros | undefined;
  readonly madeAfter?: Micros | undefined;
}

/** How many hexadecimal digits an epoch and a revision have in the UUID of a change. */
const DIGITS = 15;

/**
 * The UUID of a change. It is made of the epoch and the revision (RFC 9562, 5.8: version 8), so that it need not be stored:
 * together they name one change of a workspace.
 */
export function changeUuid(epoch: string, revision: number): string {
  const number = revision.toString(16).padStart(DIGITS, '0');
  return [epoch.slice(0, 8), epoch.slice(8, 12), `8${epoch.slice(12)}`, `8${number.slice(0, 3)}`, number.slice(3)].join(
    '-',
  );
}

/** The epoch and the revision in the UUID of a change; null for every other UUID. */
export function parseChangeUuid(uuid: string): { readonly epoch: string; readonly revision: number } | null {
  const digits = uuid.replaceAll('-', '');
  const epoch = digits.slice(0, 12) + digits.slice(13, 16);
  const revision = Number.parseInt(digits.slice(17), 16);
  return Number.isSafeInteger(revision) && changeUuid(epoch, revision) === uuid ? { epoch, revision } : null;
}
