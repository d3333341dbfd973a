/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Conditions for a list of campaigns. A campaign is listed if it meets all of them. */
export type CampaignFilter = {
  /** `false` (the default): campaigns that are not archived. `true`: archived campaigns. `null`: both. */
  archived?: boolean | null | undefined;
  /** Only campaigns created at this time or after it. */
  createdAfter?: string | null | undefined;
  /** Only campaigns created at this time or before it. */
  createdBefore?: string | null | undefined;
  /** Only campaigns of this group. The list is empty if the group does not exist. */
  group?: GroupReference | null | undefined;
  /**
   * Only campaigns that have each of these words in their name or in the name of their group. Words are separated by white
   * space, may be in any order, and may be parts of words. Case and accents are ignored: `elevage` finds `Élevage`. At most
   * 32 words. Blank text finds all campaigns.
   */
  search?: string | null | undefined;
  /** Only campaigns with one of these UUIDs. At most 100 UUIDs. Unknown UUIDs are ignored. */
  uuids?: Array<string> | null | undefined;
};

/** The order of a list of campaigns. */
export type CampaignOrder = {
  /** Ascending or descending. */
  direction?: OrderDirection;
  /** What to order by. */
  field: CampaignOrderField;
};

/** What a list of campaigns can be ordered by. */
export type CampaignOrderField =
  /** By the time of creation. Campaigns created at the same time are ordered as they were added. */
  | 'CREATED'
  /** By name. Case is ignored, and characters are compared by their Unicode code points. */
  | 'NAME';

/** Input of createCampaign. */
export type CreateCampaignInput = {
  /** Any text. The payload returns it unchanged. */
  clientMutationId?: string | null | undefined;
  /** The group to run the campaign against. Any group of the workspace, smart and system groups included. */
  group: GroupReference;
  /** 1 to 64 characters, not counting white space at both ends, which is removed. `"` and `\` are not allowed. */
  name: string;
};

/**
 * Names one group. Give exactly one of the fields.
 * Case is ignored when names are compared, but white space counts.
 */
export type GroupReference =
  {   /** The name of the group. */
  name: string; uuid?: never; uuidOrName?: never; }
  |  { name?: never;   /** The UUID of the group. */
  uuid: string; uuidOrName?: never; }
  |  { name?: never; uuid?: never;   /** The UUID of the group in any spelling. If no group has this UUID, the name of the group. */
  uuidOrName: string; };

/** Whether the contacts of a group are known. */
export type GroupStatus =
  /** The group's query has changed, and the server is finding its contacts again. */
  | 'EVALUATING'
  /** The group is new, and the server is finding its contacts for the first time. */
  | 'INITIALIZING'
  /** The group's query cannot be run, because it uses something that no longer exists. */
  | 'INVALID'
  /** The contacts are known. */
  | 'READY';

/** The direction of an order. */
export type OrderDirection =
  /** Ascending: oldest first, or names from A to Z. */
  | 'ASC'
  /** Descending: newest first, or names from Z to A. */
  | 'DESC';

/** What a user is allowed to do in a workspace. */
export type Role =
  /** Can read and change everything. */
  | 'ADMINISTRATOR'
  /** Has no access to campaigns and groups. */
  | 'AGENT'
  /** Can read and change everything. */
  | 'EDITOR'
  /** Can read everything, but only through GraphQL, not through REST. */
  | 'VIEWER';

/** Input of updateCampaign. A field that is left out or null does not change. */
export type UpdateCampaignInput = {
  /** `true` archives the campaign, `false` restores it. */
  archived?: boolean | null | undefined;
  /** Any text. The payload returns it unchanged. */
  clientMutationId?: string | null | undefined;
  /**
   * The `revision` of the campaign that you have seen. If the campaign has changed since, the mutation is refused with `CONFLICT`.
   * Without it the last writer wins.
   */
  expectedRevision?: number | null | undefined;
  /** The new group. */
  group?: GroupReference | null | undefined;
  /** The new name: 1 to 64 characters, not counting white space at both ends, which is removed. `"` and `\` are not allowed. */
  name?: string | null | undefined;
  /** The UUID of the campaign to change. */
  uuid: string;
};

/** What can be wrong with an input. */
export type UserErrorCode =
  /** The campaign is archived. Restore it first. */
  | 'ARCHIVED'
  /** The text is empty or has only white space. */
  | 'BLANK'
  /** The object has another revision than the `expectedRevision`: somebody has changed it since you have read it. */
  | 'CONFLICT'
  /** The address is not one that a webhook can have. */
  | 'INVALID_ADDRESS'
  /** The text has a character that is not allowed in names. */
  | 'INVALID_CHARACTER'
  /** The group has campaigns. Archive them, delete them or give them another group first. */
  | 'IN_USE'
  /** The workspace has no such object. */
  | 'NOT_FOUND'
  /** The group is a system group, which cannot be changed or deleted. */
  | 'SYSTEM_GROUP'
  /** The name is used by another object of the workspace, perhaps an archived one. Case is ignored. */
  | 'TAKEN'
  /** The text has more than 64 characters. */
  | 'TOO_LONG'
  /** The workspace has as many objects of this type as it can have. */
  | 'TOO_MANY';

export type InputErrorFragment = { field: Array<string> | null, code: UserErrorCode, message: string, character: string | null } & { ' $fragmentName'?: 'InputErrorFragment' };

export type CreateCampaignMutationVariables = Exact<{
  input: CreateCampaignInput;
}>;


export type CreateCampaignMutation = { createCampaign: { campaign: { ' $fragmentRefs'?: { 'CampaignRowFragment': CampaignRowFragment } } | null, userErrors: Array<{ ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }> } | null };

export type UpdateCampaignMutationVariables = Exact<{
  input: UpdateCampaignInput;
}>;


export type UpdateCampaignMutation = { updateCampaign: { campaign: { ' $fragmentRefs'?: { 'CampaignRowFragment': CampaignRowFragment } } | null, userErrors: Array<{ ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }> } | null };

export type DeleteCampaignMutationVariables = Exact<{
  uuid: string;
}>;


export type DeleteCampaignMutation = { deleteCampaign: { deletedCampaignId: string | null, userErrors: Array<{ ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }> } | null };

export type CampaignRowFragment = { id: string, uuid: string, name: string, archived: boolean, createdOn: string, modifiedOn: string, group: { uuid: string, name: string } } & { ' $fragmentName'?: 'CampaignRowFragment' };

export type CampaignQueryVariables = Exact<{
  uuid: string;
}>;


export type CampaignQuery = { campaign: { ' $fragmentRefs'?: { 'CampaignRowFragment': CampaignRowFragment } } | null };

export type CampaignsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: CampaignFilter | null | undefined;
  orderBy?: CampaignOrder | null | undefined;
  counted: boolean;
}>;


export type CampaignsQuery = { campaigns: { totalCount?: number, edges: Array<{ cursor: string, node: (
        { id: string }
        & { ' $fragmentRefs'?: { 'CampaignRowFragment': CampaignRowFragment } }
      ) }>, pageInfo: { hasNextPage: boolean } } };

export type CreateGroupMutationVariables = Exact<{
  name: string;
}>;


export type CreateGroupMutation = { createGroup: { group: { ' $fragmentRefs'?: { 'GroupRowFragment': GroupRowFragment } } | null, userErrors: Array<{ ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }> } | null };

export type RenameGroupMutationVariables = Exact<{
  uuid: string;
  name: string;
}>;


export type RenameGroupMutation = { updateGroup: { group: { ' $fragmentRefs'?: { 'GroupRowFragment': GroupRowFragment } } | null, userErrors: Array<{ ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }> } | null };

export type DeleteGroupMutationVariables = Exact<{
  uuid: string;
}>;


export type DeleteGroupMutation = { deleteGroup: { deletedGroupId: string | null, userErrors: Array<{ ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }> } | null };

export type GroupRowFragment = { id: string, uuid: string, name: string, query: string | null, status: GroupStatus, system: boolean, contactCount: number, campaigns: { totalCount: number } } & { ' $fragmentName'?: 'GroupRowFragment' };

export type GroupOptionsQueryVariables = Exact<{
  search?: string | null | undefined;
  first: number;
}>;


export type GroupOptionsQuery = { groups: { nodes: Array<{ uuid: string, name: string }>, pageInfo: { hasNextPage: boolean } } };

export type GroupNameQueryVariables = Exact<{
  uuid: string;
}>;


export type GroupNameQuery = { group: { uuid: string, name: string } | null };

export type GroupsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
  counted: boolean;
}>;


export type GroupsQuery = { groups: { totalCount?: number, edges: Array<{ cursor: string, node: (
        { id: string }
        & { ' $fragmentRefs'?: { 'GroupRowFragment': GroupRowFragment } }
      ) }>, pageInfo: { hasNextPage: boolean } } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { role: Role, user: { email: string }, workspace: { uuid: string, name: string } } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const InputErrorFragmentDoc = new TypedDocumentString(`
    fragment InputError on UserError {
  field
  code
  message
  character
}
    `, {"fragmentName":"InputError"}) as unknown as TypedDocumentString<InputErrorFragment, unknown>;
export const CampaignRowFragmentDoc = new TypedDocumentString(`
    fragment CampaignRow on Campaign {
  id
  uuid
  name
  archived
  createdOn
  modifiedOn
  group {
    uuid
    name
  }
}
    `, {"fragmentName":"CampaignRow"}) as unknown as TypedDocumentString<CampaignRowFragment, unknown>;
export const GroupRowFragmentDoc = new TypedDocumentString(`
    fragment GroupRow on Group {
  id
  uuid
  name
  query
  status
  system
  contactCount
  campaigns(first: 1) {
    totalCount
  }
}
    `, {"fragmentName":"GroupRow"}) as unknown as TypedDocumentString<GroupRowFragment, unknown>;
export const CreateCampaignDocument = new TypedDocumentString(`
    mutation CreateCampaign($input: CreateCampaignInput!) {
  createCampaign(input: $input) {
    campaign {
      ...CampaignRow
    }
    userErrors {
      ...InputError
    }
  }
}
    fragment InputError on UserError {
  field
  code
  message
  character
}
fragment CampaignRow on Campaign {
  id
  uuid
  name
  archived
  createdOn
  modifiedOn
  group {
    uuid
    name
  }
}`, {"hash":"50a0e4c3594fc85138b6d97d7a54d68fc9b94b0e0e04bade02fb04dac5576bd5"}) as unknown as TypedDocumentString<CreateCampaignMutation, CreateCampaignMutationVariables>;
export const UpdateCampaignDocument = new TypedDocumentString(`
    mutation UpdateCampaign($input: UpdateCampaignInput!) {
  updateCampaign(input: $input) {
    campaign {
      ...CampaignRow
    }
    userErrors {
      ...InputError
    }
  }
}
    fragment InputError on UserError {
  field
  code
  message
  character
}
fragment CampaignRow on Campaign {
  id
  uuid
  name
  archived
  createdOn
  modifiedOn
  group {
    uuid
    name
  }
}`, {"hash":"d36f7692a8b014dd6058fdc18d472c529cd3d46d51b3c012b293b4a2fc9573d0"}) as unknown as TypedDocumentString<UpdateCampaignMutation, UpdateCampaignMutationVariables>;
export const DeleteCampaignDocument = new TypedDocumentString(`
    mutation DeleteCampaign($uuid: UUID!) {
  deleteCampaign(input: {uuid: $uuid}) {
    deletedCampaignId
    userErrors {
      ...InputError
    }
  }
}
    fragment InputError on UserError {
  field
  code
  message
  character
}`, {"hash":"afcc319ed5549f7407ad0ebe322d1f5eb3c25f998fdf575bfac88b433090b8d4"}) as unknown as TypedDocumentString<DeleteCampaignMutation, DeleteCampaignMutationVariables>;
export const CampaignDocument = new TypedDocumentString(`
    query Campaign($uuid: UUID!) {
  campaign(uuid: $uuid) {
    ...CampaignRow
  }
}
    fragment CampaignRow on Campaign {
  id
  uuid
  name
  archived
  createdOn
  modifiedOn
  group {
    uuid
    name
  }
}`, {"hash":"a71ef0606bc19e982cad9fc4ae7c5e4fdf921a04cbd6467b3f82d760f572e984"}) as unknown as TypedDocumentString<CampaignQuery, CampaignQueryVariables>;
export const CampaignsDocument = new TypedDocumentString(`
    query Campaigns($first: Int!, $after: String, $filter: CampaignFilter, $orderBy: CampaignOrder, $counted: Boolean!) {
  campaigns(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    edges {
      cursor
      node {
        id
        ...CampaignRow
      }
    }
    pageInfo {
      hasNextPage
    }
    totalCount @include(if: $counted)
  }
}
    fragment CampaignRow on Campaign {
  id
  uuid
  name
  archived
  createdOn
  modifiedOn
  group {
    uuid
    name
  }
}`, {"hash":"756500c1b67b6181860dda366ed2c72a04a7e8d587318e48e8436564a88797c2"}) as unknown as TypedDocumentString<CampaignsQuery, CampaignsQueryVariables>;
export const CreateGroupDocument = new TypedDocumentString(`
    mutation CreateGroup($name: String!) {
  createGroup(input: {name: $name}) {
    group {
      ...GroupRow
    }
    userErrors {
      ...InputError
    }
  }
}
    fragment InputError on UserError {
  field
  code
  message
  character
}
fragment GroupRow on Group {
  id
  uuid
  name
  query
  status
  system
  contactCount
  campaigns(first: 1) {
    totalCount
  }
}`, {"hash":"610544cf591984f39228367695053251a868d8d17b69488e2eb778347b3ef7c3"}) as unknown as TypedDocumentString<CreateGroupMutation, CreateGroupMutationVariables>;
export const RenameGroupDocument = new TypedDocumentString(`
    mutation RenameGroup($uuid: UUID!, $name: String!) {
  updateGroup(input: {uuid: $uuid, name: $name}) {
    group {
      ...GroupRow
    }
    userErrors {
      ...InputError
    }
  }
}
    fragment InputError on UserError {
  field
  code
  message
  character
}
fragment GroupRow on Group {
  id
  uuid
  name
  query
  status
  system
  contactCount
  campaigns(first: 1) {
    totalCount
  }
}`, {"hash":"5caa5d1a4d1b83a002b594f048a7eac809e80d76854ca2504ab79cc57b290a9d"}) as unknown as TypedDocumentString<RenameGroupMutation, RenameGroupMutationVariables>;
export const DeleteGroupDocument = new TypedDocumentString(`
    mutation DeleteGroup($uuid: UUID!) {
  deleteGroup(input: {uuid: $uuid}) {
    deletedGroupId
    userErrors {
      ...InputError
    }
  }
}
    fragment InputError on UserError {
  field
  code
  message
  character
}`, {"hash":"a8391ca9b49174d35c4ce3a4685215f15835e64f81a3623e953f5f4f1536c508"}) as unknown as TypedDocumentString<DeleteGroupMutation, DeleteGroupMutationVariables>;
export const GroupOptionsDocument = new TypedDocumentString(`
    query GroupOptions($search: String, $first: Int!) {
  groups(
    first: $first
    filter: {search: $search}
    orderBy: {field: NAME, direction: ASC}
  ) {
    nodes {
      uuid
      name
    }
    pageInfo {
      hasNextPage
    }
  }
}
    `, {"hash":"f1f3558027fc44e839d22ab357ffba7d8cb2018135bad8a464eaa0ff34c0cdda"}) as unknown as TypedDocumentString<GroupOptionsQuery, GroupOptionsQueryVariables>;
export const GroupNameDocument = new TypedDocumentString(`
    query GroupName($uuid: UUID!) {
  group(by: {uuid: $uuid}) {
    uuid
    name
  }
}
    `, {"hash":"ebadbb80c1e955cd8a77a6e95e80ab8834b2dadc44c173161f5603837a8debe9"}) as unknown as TypedDocumentString<GroupNameQuery, GroupNameQueryVariables>;
export const GroupsDocument = new TypedDocumentString(`
    query Groups($first: Int!, $after: String, $search: String, $counted: Boolean!) {
  groups(
    first: $first
    after: $after
    filter: {search: $search}
    orderBy: {field: NAME, direction: ASC}
  ) {
    edges {
      cursor
      node {
        id
        ...GroupRow
      }
    }
    pageInfo {
      hasNextPage
    }
    totalCount @include(if: $counted)
  }
}
    fragment GroupRow on Group {
  id
  uuid
  name
  query
  status
  system
  contactCount
  campaigns(first: 1) {
    totalCount
  }
}`, {"hash":"036ed56dd4e7fbae8d67fb4cd8e35d3f876b441d24e63842d79905879713ef4f"}) as unknown as TypedDocumentString<GroupsQuery, GroupsQueryVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    role
    user {
      email
    }
    workspace {
      uuid
      name
    }
  }
}
    `, {"hash":"359070f31ad1669bbcc9f05fd130005fdc9ab08cdfb60055d23cc2bdc2f6d994"}) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;