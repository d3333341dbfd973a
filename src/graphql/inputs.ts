import type { CampaignFilter } from '../model/campaign-filter.ts';
import type { GroupReference } from '../model/group.ts';
import type { GroupFilter } from '../model/group-filter.ts';
import { graphqlError } from './errors.ts';
import type {
  CampaignFilter as CampaignFilterInput,
  CampaignOrder,
  GroupFilter as GroupFilterInput,
  GroupOrder,
  GroupReference as GroupReferenceInput,
} from './generated/resolvers.ts';

/** An enum's value as the model has it. */
export const lower = <Name extends string>(name: Name): Lowercase<Name> => name.toLowerCase() as Lowercase<Name>;

/** A name of the model as the schema's enum has it. */
export const upper = <Name extends string>(name: Name): Uppercase<Name> => name.toUpperCase() as Uppercase<Name>;

/** The model's ordering for one of the schema; newest first where none was given. */
export function ordering(input: CampaignOrder | GroupOrder | null | undefined) {
  const { field, direction = 'ASC' } = input ?? { field: 'CREATED', direction: 'DESC' };
  return { field: lower(field), direction: lower(direction) };
}

/** How many objects can be asked for by name in one list, and how many by id. */
export const MOST = { uuids: 100, ids: 250 };

/** The model's filter for one of the schema, in which what is null was not given. */
export function campaignFilter(input: CampaignFilterInput | null | undefined): CampaignFilter {
  if (!input) return {};
  return {
    uuids: atMost('uuids', MOST.uuids, input.uuids),
    archived: input.archived,
    group: groupReference(input.group),
    search: input.search ?? undefined,
    createdBefore: input.createdBefore ?? undefined,
    createdAfter: input.createdAfter ?? undefined,
  };
}

/** The same for groups. */
export function groupFilter(input: GroupFilterInput | null | undefined): GroupFilter {
  if (!input) return {};
  return {
    uuids: atMost('uuids', MOST.uuids, input.uuids),
    name: input.name ?? undefined,
    kind: input.kind ? lower(input.kind) : undefined,
    statuses: input.statuses?.map(lower),
    search: input.search ?? undefined,
  };
}

/** The model's reference for one of the schema: `@oneOf` has made sure that it names one thing. */
export function groupReference(input: GroupReferenceInput): GroupReference;
export function groupReference(input: GroupReferenceInput | null | undefined): GroupReference | undefined;
export function groupReference(input: GroupReferenceInput | null | undefined): GroupReference | undefined {
  if (input?.uuid != null) return { uuid: input.uuid };
  if (input?.name != null) return { name: input.name };
  if (input?.uuidOrName != null) return { uuidOrName: input.uuidOrName };
  return undefined;
}

/** The list, or undefined when none was given. Throws when it is longer than it may be. */
export function atMost<Item>(name: string, most: number, list: readonly Item[]): readonly Item[];
export function atMost<Item>(
  name: string,
  most: number,
  list: readonly Item[] | null | undefined,
): readonly Item[] | undefined;
export function atMost<Item>(
  name: string,
  most: number,
  list: readonly Item[] | null | undefined,
): readonly Item[] | undefined {
  if (list && list.length > most) {
    throw graphqlError('BAD_USER_INPUT', `\`${name}\` has ${list.length} values; it can have at most ${most}.`);
  }
  return list ?? undefined;
}
