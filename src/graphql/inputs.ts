import type { CampaignFilter } from '../model/campaign.ts';
import type { GroupFilter, GroupReference } from '../model/group.ts';
import type { Direction, Ordering } from '../model/page.ts';
import { graphqlError } from './errors.ts';
import type {
  CampaignFilter as CampaignFilterInput,
  GroupFilter as GroupFilterInput,
  GroupReference as GroupReferenceInput,
} from './generated/resolvers.ts';

/** An enum's value as the model has it. */
export const lower = <Name extends string>(name: Name): Lowercase<Name> => name.toLowerCase() as Lowercase<Name>;

/** A name of the model as the schema's enum has it. */
export const upper = <Name extends string>(name: Name): Uppercase<Name> => name.toUpperCase() as Uppercase<Name>;

/** An order as the schema's input types have it. */
export interface OrderInput {
  readonly field: string;
  readonly direction?: Uppercase<Direction> | undefined;
}

/** The model's ordering for one of the schema; newest first where none was given. */
export function ordering(input: OrderInput | null | undefined): Ordering {
  const { field, direction = 'ASC' } = input ?? { field: 'CREATED', direction: 'DESC' };
  return { field: lower(field), direction: lower(direction) };
}

/** How many UUIDs a filter can name, and how many ids can be asked for at once. */
const MAX_UUIDS = 100;
export const MAX_IDS = 250;

/** The model's filter for one of the schema. A member that is null counts as not given. */
export function campaignFilter(input: CampaignFilterInput | null | undefined): CampaignFilter {
  if (!input) return {};
  return {
    uuids: atMost('uuids', MAX_UUIDS, input.uuids),
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
    uuids: atMost('uuids', MAX_UUIDS, input.uuids),
    name: input.name ?? undefined,
    kind: input.kind ? lower(input.kind) : undefined,
    statuses: input.statuses?.map(lower),
    search: input.search ?? undefined,
  };
}

/** The model's reference for one of the schema: `@oneOf` makes sure that it names one thing. */
export function groupReference(input: GroupReferenceInput): GroupReference;
export function groupReference(input: GroupReferenceInput | null | undefined): GroupReference | undefined;
export function groupReference(input: GroupReferenceInput | null | undefined): GroupReference | undefined {
  if (input?.uuid != null) return { uuid: input.uuid };
  if (input?.name != null) return { name: input.name };
  if (input?.uuidOrName != null) return { uuidOrName: input.uuidOrName };
  return undefined;
}

/** The list, or undefined when none was given. Throws when it is longer than it may be. */
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
