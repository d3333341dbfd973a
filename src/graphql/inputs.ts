import type { ChangedType, Micros } from '../database/tables.ts';
import { foldName } from '../encoding/fold.ts';
import { isStorable } from '../encoding/storable.ts';
import type { ApiTokenFilter } from '../model/api-token.ts';
import type { CampaignFilter } from '../model/campaign.ts';
import type { ChangeFilter } from '../model/change.ts';
import { CHANGED_TYPES, TYPE_NAMES } from '../model/change.ts';
import type { GroupFilter, GroupReference } from '../model/group.ts';
import type { MemberFilter } from '../model/member.ts';
import { countWords, MAX_ENCODED_LENGTH } from '../model/names.ts';
import { isExact } from '../model/time.ts';
import { positionBefore } from '../model/list.ts';
import type { Direction, Ordering, Position } from '../model/page.ts';
import { graphqlError } from './errors.ts';
import type {
  ApiTokenFilter as ApiTokenFilterInput,
  CampaignFilter as CampaignFilterInput,
  ChangeFilter as ChangeFilterInput,
  ChangeSubjectType,
  GroupFilter as GroupFilterInput,
  GroupReference as GroupReferenceInput,
  MemberFilter as MemberFilterInput,
  ListPlace,
} from './generated/resolvers.ts';

/** Converts a value of a schema enum to the model's name for it. */
export const lower = <Name extends string>(name: Name): Lowercase<Name> => name.toLowerCase() as Lowercase<Name>;

/** Converts a name of the model to the value of the schema enum. */
export const upper = <Name extends string>(name: Name): Uppercase<Name> => name.toUpperCase() as Uppercase<Name>;

/** The schema's input types for an order. */
export interface OrderInput {
  readonly field: string;
  readonly direction?: Uppercase<Direction> | undefined;
}

/** Converts an order of the schema to the model's ordering. The default is newest first. */
export function ordering(input: OrderInput | null | undefined): Ordering {
  const { field, direction = 'ASC' } = input ?? { field: 'CREATED', direction: 'DESC' };
  return { field: lower(field), direction: lower(direction) };
}

/**
 * Converts a place in a list to the position before its first row. Throws BAD_USER_INPUT for a place of another order, or one
 * that no name can have.
 */
export function placeInList(input: ListPlace | null | undefined, ordered: Ordering): Position | undefined {
  if (!input) return undefined;
  const { name, createdOn } = input;
  if (name != null && name.length > MAX_ENCODED_LENGTH) {
    throw graphqlError('BAD_USER_INPUT', `\`startAt.name\` is longer than any name: it has ${name.length} characters.`);
  }
  if (name != null && !isStorable(name)) {
    throw graphqlError('BAD_USER_INPUT', '`startAt.name` has a character that no name can have.');
  }
  const key = ordered.field === 'name' ? name && foldName(name) : createdOn;
  if (key != null) return positionBefore(ordered, key);
  throw graphqlError('BAD_USER_INPUT', '`startAt` must name a place by the field that the list is ordered by.');
}

/** How many different words a search can have. */
export const MAX_SEARCH_WORDS = 32;

/** How many UUIDs a filter can have. */
const MAX_UUIDS = 100;

/** How many users a filter can have. Each is read by itself, for each kind of change. */
const MAX_ACTORS = 20;

/** Converts a campaign filter of the schema to the model's. A null member is treated as not given, except `archived`. */
export function campaignFilter(input: CampaignFilterInput | null | undefined): CampaignFilter {
  if (!input) return {};
  return {
    uuids: atMost('uuids', MAX_UUIDS, input.uuids),
    archived: input.archived,
    group: groupReference(input.group),
    search: searchText(input.search),
    createdBefore: input.createdBefore ?? undefined,
    createdAfter: input.createdAfter ?? undefined,
  };
}

/** Converts a group filter of the schema to the model's. A null member is treated as not given. */
export function groupFilter(input: GroupFilterInput | null | undefined): GroupFilter {
  if (!input) return {};
  return {
    uuids: atMost('uuids', MAX_UUIDS, input.uuids),
    name: input.name ?? undefined,
    kind: input.kind ? lower(input.kind) : undefined,
    statuses: distinct(input.statuses)?.map(lower),
    search: searchText(input.search),
  };
}

/** Converts a change filter of the schema to the model's. A null member is treated as not given. */
export function changeFilter(input: ChangeFilterInput | null | undefined): ChangeFilter {
  if (!input) return {};
  return {
    types: distinct(input.types)?.map(subjectType),
    uuids: atMost('uuids', MAX_UUIDS, input.uuids),
    actions: distinct(input.actions)?.map(lower),
    actors: atMost('actors', MAX_ACTORS, input.actors),
    madeBefore: input.madeBefore ?? undefined,
    madeAfter: input.madeAfter ?? undefined,
  };
}

/** The values of an enum that a filter names, each once, so that there are never many. */
function distinct<Value>(values: readonly Value[] | null | undefined): readonly Value[] | undefined {
  return values ? [...new Set(values)] : undefined;
}

function subjectType(name: ChangeSubjectType): ChangedType {
  const found = CHANGED_TYPES.find((type) => TYPE_NAMES[type] === name);
  if (!found) throw new Error(`there is no type ${name}`);
  return found;
}

/** Converts a member filter of the schema to the model's. A null member is treated as not given. */
export function memberFilter(input: MemberFilterInput | null | undefined): MemberFilter {
  return { uuids: atMost('uuids', MAX_UUIDS, input?.uuids), search: searchText(input?.search, foldName) };
}

/** Converts a token filter of the schema to the model's. A null member is treated as not given. */
export function apiTokenFilter(input: ApiTokenFilterInput | null | undefined): ApiTokenFilter {
  return { uuids: atMost('uuids', MAX_UUIDS, input?.uuids), member: input?.member ?? undefined };
}

/** Converts a group reference of the schema to the model's. `@oneOf` guarantees that exactly one member is given. */
export function groupReference(input: GroupReferenceInput): GroupReference;
export function groupReference(input: GroupReferenceInput | null | undefined): GroupReference | undefined;
export function groupReference(input: GroupReferenceInput | null | undefined): GroupReference | undefined {
  if (input?.uuid != null) return { uuid: input.uuid };
  if (input?.name != null) return { name: input.name };
  if (input?.uuidOrName != null) return { uuidOrName: input.uuidOrName };
  return undefined;
}

/**
 * Returns the text of a search, or undefined when it was not given. Throws BAD_USER_INPUT when it has too many words.
 *
 * @param fold Folds the words as the searched texts are folded. The default is the folding for search.
 */
function searchText(text: string | null | undefined, fold?: (text: string) => string): string | undefined {
  const words = text == null ? 0 : countWords(text, fold);
  if (words > MAX_SEARCH_WORDS) {
    throw graphqlError('BAD_USER_INPUT', `\`search\` has ${words} words; it can have at most ${MAX_SEARCH_WORDS}.`);
  }
  return text ?? undefined;
}

/** The time of an expiry, or undefined when it was not given. Throws BAD_USER_INPUT when it is too far away to be kept exactly. */
export function expiry(time: Micros | null | undefined): Micros | undefined {
  if (time == null) return undefined;
  if (isExact(time)) return time;
  throw graphqlError(
    'BAD_USER_INPUT',
    '`expiresOn` must be before the year 2255. Without it the token does not expire.',
  );
}

/** Returns the list, or undefined when it was not given. Throws BAD_USER_INPUT when it has more than `max` items. */
export function atMost<Item>(name: string, max: number, list: readonly Item[]): readonly Item[];
export function atMost<Item>(
  name: string,
  max: number,
  list: readonly Item[] | null | undefined,
): readonly Item[] | undefined;
export function atMost<Item>(
  name: string,
  max: number,
  list: readonly Item[] | null | undefined,
): readonly Item[] | undefined {
  if (list && list.length > max) {
    throw graphqlError('BAD_USER_INPUT', `\`${name}\` has ${list.length} values; it can have at most ${max}.`);
  }
  return list ?? undefined;
}
