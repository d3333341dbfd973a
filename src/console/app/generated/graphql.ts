/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Which campaigns: all the given conditions must hold. */
export type CampaignFilter = {
  /** false: those in use (the default). true: the archived ones. null: both. */
  archived?: boolean | null | undefined;
  /** Campaigns created at this moment or later. */
  createdAfter?: string | null | undefined;
  /** Campaigns created at this moment or earlier. */
  createdBefore?: string | null | undefined;
  /** Campaigns of this group. A group that does not exist has none. */
  group?: GroupReference | null | undefined;
  /** Campaigns whose name, or whose group's name, contains this text, without regard to case. */
  search?: string | null | undefined;
  /** Campaigns with one of these UUIDs, up to 100. Unknown ones are passed over. */
  uuids?: Array<string> | null | undefined;
};

/** The order of a list of campaigns. */
export type CampaignOrder = {
  /** Which way. */
  direction?: OrderDirection;
  /** By what. */
  field: CampaignOrderField;
};

/** What campaigns can be ordered by. */
export type CampaignOrderField =
  /** When they were created; what was created at the same moment, in the order it was added. */
  | 'CREATED'
  /** By name, without regard to case, in the order of Unicode's code points. */
  | 'NAME';

/** A campaign to be created. */
export type CreateCampaignInput = {
  /** Comes back in the payload. */
  clientMutationId?: string | null | undefined;
  /** Any of the workspace's groups, smart and system ones included. */
  group: GroupReference;
  /** 1 to 64 characters after white space around it is trimmed; no `"` and no `\`. */
  name: string;
};

/** One group, named by exactly one of these. Names are compared without regard to case, and not trimmed. */
export type GroupReference =
  {   /** The group with this name. */
  name: string; uuid?: never; uuidOrName?: never; }
  |  { name?: never;   /** The group with this UUID. */
  uuid: string; uuidOrName?: never; }
  |  { name?: never; uuid?: never;   /** The group with this UUID, in any spelling; if there is none, the group with this name. */
  uuidOrName: string; };

/** Whether a group's contacts are known. */
export type GroupStatus =
  /** Its query has changed, and its contacts are being found anew. */
  | 'EVALUATING'
  /** It was just made, and its contacts are being found for the first time. */
  | 'INITIALIZING'
  /** Its query cannot be evaluated, because it speaks of something that is no more. */
  | 'INVALID'
  /** Its contacts are known. */
  | 'READY';

/** Which way a list is ordered. */
export type OrderDirection =
  /** Oldest, or first by name, comes first. */
  | 'ASC'
  /** Newest, or last by name, comes first. */
  | 'DESC';

/** What a user may do in a workspace. */
export type Role =
  /** Reads and writes. */
  | 'ADMINISTRATOR'
  /** Nothing: agents have no part in campaigns. */
  | 'AGENT'
  /** Reads and writes. */
  | 'EDITOR'
  /** Reads, through GraphQL only. */
  | 'VIEWER';

/** Changes to a campaign. What is left out stays as it is; null is the same as left out. */
export type UpdateCampaignInput = {
  /** true archives it, false restores it. */
  archived?: boolean | null | undefined;
  /** Comes back in the payload. */
  clientMutationId?: string | null | undefined;
  /** Its new group. */
  group?: GroupReference | null | undefined;
  /** Its new name: 1 to 64 characters after white space around it is trimmed; no `"` and no `\`. */
  name?: string | null | undefined;
  /** Which campaign. */
  uuid: string;
};

/** What can be wrong with an input. */
export type UserErrorCode =
  /** An archived campaign must be restored before anything else of it can change. */
  | 'ARCHIVED'
  /** Nothing but white space was given. */
  | 'BLANK'
  /** A character was given that names cannot contain. */
  | 'INVALID_CHARACTER'
  /** The group still has campaigns: they must be archived, deleted or moved to another group first. */
  | 'IN_USE'
  /** There is no such object in the workspace. */
  | 'NOT_FOUND'
  /** A system group cannot be changed or deleted. */
  | 'SYSTEM_GROUP'
  /** Another one in the workspace has this name, perhaps an archived one. Names are compared without regard to case. */
  | 'TAKEN'
  /** More than 64 characters were given. */
  | 'TOO_LONG';

export type InputErrorFragment = { field: Array<string> | null, code: UserErrorCode, message: string } & { ' $fragmentName'?: 'InputErrorFragment' };

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
}`, {"hash":"06a728201781c96d61ec4d8cc5a8ec95df09c8e4351d41ea5c327cca5e0944ae"}) as unknown as TypedDocumentString<CreateCampaignMutation, CreateCampaignMutationVariables>;
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
}`, {"hash":"796b9b9db4f34104e747407dba4ef3d0db810f92933337cb684b53687778bac4"}) as unknown as TypedDocumentString<UpdateCampaignMutation, UpdateCampaignMutationVariables>;
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
}`, {"hash":"f3461b06a498ee320d077bbad3507570ac1ac426147472015df21204bd8e428d"}) as unknown as TypedDocumentString<DeleteCampaignMutation, DeleteCampaignMutationVariables>;
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
}`, {"hash":"2fdfff263171c775c94cc8de52a591ea9c939892f31322c165b4be8f01d6d7a2"}) as unknown as TypedDocumentString<CreateGroupMutation, CreateGroupMutationVariables>;
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
}`, {"hash":"1bccad2161ee970986c410e80d566e6038baea66f93ea9652a35e52ad268e4db"}) as unknown as TypedDocumentString<RenameGroupMutation, RenameGroupMutationVariables>;
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
}`, {"hash":"2f80b1ea1146d070b4a6513ab9a3f2fb7dc278212ebbd31a6342e545f8a57d80"}) as unknown as TypedDocumentString<DeleteGroupMutation, DeleteGroupMutationVariables>;
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