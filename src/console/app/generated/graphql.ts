/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** New values for a campaign. A field that is left out or null does not change. */
export type CampaignChanges = {
  /** `true` archives the campaign, `false` restores it. */
  archived?: boolean | null | undefined;
  /**
   * The `revision` of the campaign that you have seen. If the campaign has changed since, the mutation is refused with `CONFLICT`,
   * and the error's `current` is the campaign as it is now. Without it the last writer wins.
   */
  expectedRevision?: number | null | undefined;
  /** The new group. */
  group?: GroupReference | null | undefined;
  /** The new name: 1 to 64 characters, not counting white space at both ends, which is removed. `"`, `\`, U+0000 and lone surrogates are not allowed. */
  name?: string | null | undefined;
  /** The UUID of the campaign to change. */
  uuid: string;
};

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

/** A campaign to be deleted. */
export type CampaignToDelete = {
  /**
   * The `revision` of the campaign that you have seen. If the campaign has changed since, the mutation is refused with `CONFLICT`,
   * and the error's `current` is the campaign as it is now. Without it the last writer wins.
   */
  expectedRevision?: number | null | undefined;
  /** The UUID of the campaign to delete. */
  uuid: string;
};

/** What a change does. */
export type ChangeAction =
  /** The campaign was archived. Other fields may have changed with it. */
  | 'ARCHIVED'
  /** The object is new. */
  | 'CREATED'
  /** The object was deleted, the member was removed, or the token was revoked. */
  | 'DELETED'
  /** The campaign was restored. Other fields may have changed with it. */
  | 'RESTORED'
  /** Fields of the object have other values. */
  | 'UPDATED';

/** Conditions for a list of changes. A change is listed if it meets all of them. */
export type ChangeFilter = {
  /** Only changes that do one of these things. */
  actions?: Array<ChangeAction> | null | undefined;
  /** Only changes by the users with one of these e-mail addresses, written as `actor` has them. At most 20. */
  actors?: Array<string> | null | undefined;
  /** Only changes made at this time or after it. */
  madeAfter?: string | null | undefined;
  /** Only changes made at this time or before it. */
  madeBefore?: string | null | undefined;
  /** Only changes of objects of these types. */
  types?: Array<ChangeSubjectType> | null | undefined;
  /** Only changes of the objects with one of these UUIDs. At most 100 UUIDs. */
  uuids?: Array<string> | null | undefined;
};

/** What a change can be asked for through. */
export type ChangeOrigin =
  /** A command of the server's operator. */
  | 'COMMAND'
  /** A mutation. */
  | 'GRAPHQL'
  /** A request of REST v2. */
  | 'REST'
  /** Nothing here: it was made in the live account that the workspace is a mirror of. */
  | 'UPSTREAM';

/** The types of objects whose changes are recorded. */
export type ChangeSubjectType =
  /** An `ApiToken`. */
  | 'API_TOKEN'
  /** A `Campaign`. */
  | 'CAMPAIGN'
  /** A `Group`. */
  | 'GROUP'
  /** A `Member`. */
  | 'MEMBER';

/** Input of createCampaign. */
export type CreateCampaignInput = {
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: string | null | undefined;
  /** The group to run the campaign against. Any group of the workspace, smart and system groups included. */
  group: GroupReference;
  /** 1 to 64 characters, not counting white space at both ends, which is removed. `"`, `\`, U+0000 and lone surrogates are not allowed. */
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

/**
 * A place in an ordered list, such as the campaigns that begin with M, or those of May. Nothing needs to be there. Give the field
 * that the list is ordered by.
 */
export type ListPlace =
  {   /** In a list by time of creation: before the first item that was created at this time or comes after it in the list's order. */
  createdOn: string; name?: never; }
  |  { createdOn?: never;   /** In a list by name: before the first name that is equal to this text or comes after it in the list's order. Case is ignored. */
  name: string; };

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
  /** Has no access. */
  | 'AGENT'
  /**
   * Can read and change campaigns and groups, and make and revoke tokens for themselves. Only administrators can change members, and
   * see webhooks and the tokens of others.
   */
  | 'EDITOR'
  /**
   * Can read campaigns, groups, changes and members, and make and revoke tokens for themselves. Through REST, can only download
   * `campaigns.csv`.
   */
  | 'VIEWER';

/** Input of updateCampaign. A field that is left out or null does not change. */
export type UpdateCampaignInput = {
  /** `true` archives the campaign, `false` restores it. */
  archived?: boolean | null | undefined;
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: string | null | undefined;
  /**
   * The `revision` of the campaign that you have seen. If the campaign has changed since, the mutation is refused with `CONFLICT`.
   * Without it the last writer wins. In front of a live account it guards only against the changes that this server knows of: the
   * account cannot compare revisions, so that among writers elsewhere the last one wins.
   */
  expectedRevision?: number | null | undefined;
  /** The new group. */
  group?: GroupReference | null | undefined;
  /** The new name: 1 to 64 characters, not counting white space at both ends, which is removed. `"`, `\`, U+0000 and lone surrogates are not allowed. */
  name?: string | null | undefined;
  /** The UUID of the campaign to change. */
  uuid: string;
};

/** Input of updateWebhook. */
export type UpdateWebhookInput = {
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: string | null | undefined;
  /**
   * `false` stops the webhook. `true` starts it from where it stopped, and tries a delivery that has failed at once. Left out or
   * null: it stays as it is.
   */
  enabled?: boolean | null | undefined;
  /**
   * The `revision` of the webhook that you have seen. If the webhook has changed since, the mutation is refused with `CONFLICT`.
   * Without it the last writer wins.
   */
  expectedRevision?: number | null | undefined;
  /** The new name. Left out or null: the name stays. */
  name?: string | null | undefined;
  /** The new address. A delivery that has failed is tried there at once. Left out or null: the address stays. */
  url?: string | null | undefined;
  /** The UUID of the webhook to change. */
  uuid: string;
};

/** How the mirror of a live account stands. */
export type UpstreamState =
  /** The account does not answer, or answers with errors. You read what the mirror had; changes are refused. */
  | 'AWAY'
  /** The account is being read for the first time. Lists are not complete yet. */
  | 'CATCHING_UP'
  /** The mirror is kept up to date. */
  | 'FOLLOWING'
  /** So much has disappeared from the account at once that the mirror waits until the operator has looked. You read what it had. */
  | 'PAUSED'
  /** The account refuses the token of this server. You read what the mirror had. The operator has to set another token. */
  | 'REFUSED';

/** What can be wrong with an input. */
export type UserErrorCode =
  /** The campaign is archived. Restore it first. */
  | 'ARCHIVED'
  /** The new token would reach further than the one with which you ask, or than its member: its role is higher, or it lives longer. */
  | 'BEYOND_REACH'
  /** The text is empty or has only white space. */
  | 'BLANK'
  /** The object has another revision than the `expectedRevision`: somebody has changed it since you have read it. */
  | 'CONFLICT'
  /** The server's operator has made the person inactive. */
  | 'INACTIVE'
  /** The text is not one of those that the field can have. */
  | 'INVALID'
  /** The address is not one that a webhook, or a person, can have. */
  | 'INVALID_ADDRESS'
  /** The text has a character that is not allowed in names. */
  | 'INVALID_CHARACTER'
  /** The group has campaigns. Archive them, delete them or give them another group first. */
  | 'IN_USE'
  /** The member is the last administrator of the workspace, which needs one. */
  | 'LAST_ADMINISTRATOR'
  /** The workspace has no such object. */
  | 'NOT_FOUND'
  /** The time has passed. */
  | 'PAST'
  /** The workspace is kept in a live account, which has refused this for a reason of its own. The message says which. */
  | 'REFUSED_UPSTREAM'
  /** The object comes more than once in the list of a mutation of many. */
  | 'REPEATED'
  /** The group is a system group, which cannot be changed or deleted. */
  | 'SYSTEM_GROUP'
  /** The name is used by another object of the workspace, perhaps an archived one, or the person is a member already. Case is ignored. */
  | 'TAKEN'
  /** The text has more than 64 characters. */
  | 'TOO_LONG'
  /** The workspace has as many objects of this type as it can have. */
  | 'TOO_MANY'
  /**
   * The workspace is kept in a live account, and the API of the account cannot do this. The message says where it can be done. Nothing
   * has changed.
   */
  | 'UNSUPPORTED_UPSTREAM';

/** Whether the changes are sent to a webhook. */
export type WebhookState =
  /** Changes are sent as they are made. */
  | 'ACTIVE'
  /** An administrator has stopped it. `updateWebhook(enabled: true)` starts it again. */
  | 'DISABLED'
  /** The last delivery has failed, and is tried again. The changes after it wait, so that they arrive in order. */
  | 'FAILING'
  /** The receiver has answered 410: it wants nothing more. `updateWebhook(enabled: true)` starts it again. */
  | 'GONE'
  /** Deliveries have failed for five days, and are not tried any more. `updateWebhook(enabled: true)` starts it again. */
  | 'PAUSED';

export type ActivityRowFragment = (
  { at: string, subjectType: ChangeSubjectType, subject:
    | { tokenName: string }
    | { uuid: string, name: string }
    | { uuid: string, name: string }
    | { email: string }
   | null }
  & { ' $fragmentRefs'?: { 'ChangeEntryFragment': ChangeEntryFragment } }
) & { ' $fragmentName'?: 'ActivityRowFragment' };

export type ActivityQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: ChangeFilter | null | undefined;
  counted: boolean;
  backwards: boolean;
}>;


export type ActivityQuery = { changes: { totalCount?: number, edges: Array<{ cursor: string, node: (
        { id: string }
        & { ' $fragmentRefs'?: { 'ActivityRowFragment': ActivityRowFragment } }
      ) }>, pageInfo: { hasNextPage?: boolean, hasPreviousPage?: boolean } } };

export type ActivityPeopleQueryVariables = Exact<{ [key: string]: never; }>;


export type ActivityPeopleQuery = { changes: { nodes: Array<{ actor: { email: string } | null }> } };

export type InputErrorFragment = { field: Array<string> | null, code: UserErrorCode, message: string, character: string | null } & { ' $fragmentName'?: 'InputErrorFragment' };

export type CreateCampaignMutationVariables = Exact<{
  input: CreateCampaignInput;
}>;


export type CreateCampaignMutation = { createCampaign: { campaign: { ' $fragmentRefs'?: { 'CampaignRowFragment': CampaignRowFragment } } | null, userErrors: Array<{ ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }> } | null };

export type UpdateCampaignMutationVariables = Exact<{
  input: UpdateCampaignInput;
}>;


export type UpdateCampaignMutation = { updateCampaign: { campaign: { ' $fragmentRefs'?: { 'CampaignRowFragment': CampaignRowFragment } } | null, userErrors: Array<(
      { code: UserErrorCode, current:
        | { ' $fragmentRefs'?: { 'CampaignRowFragment': CampaignRowFragment } }
        | Record<PropertyKey, never>
       | null }
      & { ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }
    )> } | null };

export type DeleteCampaignMutationVariables = Exact<{
  uuid: string;
  expectedRevision?: number | null | undefined;
}>;


export type DeleteCampaignMutation = { deleteCampaign: { deletedCampaignId: string | null, userErrors: Array<(
      { code: UserErrorCode, current:
        | { ' $fragmentRefs'?: { 'CampaignRowFragment': CampaignRowFragment } }
        | Record<PropertyKey, never>
       | null }
      & { ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }
    )> } | null };

export type CampaignSpanQueryVariables = Exact<{
  archived?: boolean | null | undefined;
  group?: GroupReference | null | undefined;
}>;


export type CampaignSpanQuery = { newest: { nodes: Array<{ createdOn: string }> }, oldest: { nodes: Array<{ createdOn: string }> } };

export type CampaignRowFragment = { id: string, uuid: string, name: string, archived: boolean, createdOn: string, modifiedOn: string, revision: number, group: { uuid: string, name: string } } & { ' $fragmentName'?: 'CampaignRowFragment' };

export type ItemErrorFragment = (
  { field: Array<string> | null, code: UserErrorCode }
  & { ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }
) & { ' $fragmentName'?: 'ItemErrorFragment' };

export type UpdateCampaignsMutationVariables = Exact<{
  campaigns: Array<CampaignChanges> | CampaignChanges;
}>;


export type UpdateCampaignsMutation = { updateCampaigns: { campaigns: Array<{ ' $fragmentRefs'?: { 'CampaignRowFragment': CampaignRowFragment } }> | null, userErrors: Array<{ ' $fragmentRefs'?: { 'ItemErrorFragment': ItemErrorFragment } }> } | null };

export type DeleteCampaignsMutationVariables = Exact<{
  campaigns: Array<CampaignToDelete> | CampaignToDelete;
}>;


export type DeleteCampaignsMutation = { deleteCampaigns: { deletedCampaignIds: Array<string> | null, userErrors: Array<{ ' $fragmentRefs'?: { 'ItemErrorFragment': ItemErrorFragment } }> } | null };

export type PresentCampaignsQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type PresentCampaignsQuery = { nodes: Array<
    | { ' $fragmentRefs'?: { 'CampaignRowFragment': CampaignRowFragment } }
    | Record<PropertyKey, never>
   | null> };

export type CampaignsPageFragment = { edges: Array<{ cursor: string, node: (
      { id: string }
      & { ' $fragmentRefs'?: { 'CampaignRowFragment': CampaignRowFragment } }
    ) }> } & { ' $fragmentName'?: 'CampaignsPageFragment' };

export type StartCampaignsQueryVariables = Exact<{
  first: number;
  filter?: CampaignFilter | null | undefined;
  orderBy?: CampaignOrder | null | undefined;
}>;


export type StartCampaignsQuery = { viewer: { ' $fragmentRefs'?: { 'ViewerFieldsFragment': ViewerFieldsFragment } }, campaigns: (
    { totalCount: number, changesCursor: string, pageInfo: { hasNextPage: boolean } }
    & { ' $fragmentRefs'?: { 'CampaignsPageFragment': CampaignsPageFragment } }
  ) };

export type CampaignQueryVariables = Exact<{
  uuid: string;
}>;


export type CampaignQuery = { campaign: { ' $fragmentRefs'?: { 'CampaignRowFragment': CampaignRowFragment } } | null };

export type CampaignsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  startAt?: ListPlace | null | undefined;
  filter?: CampaignFilter | null | undefined;
  orderBy?: CampaignOrder | null | undefined;
  counted: boolean;
  backwards: boolean;
}>;


export type CampaignsQuery = { campaigns: (
    { totalCount?: number, pageInfo: { hasNextPage?: boolean, hasPreviousPage?: boolean } }
    & { ' $fragmentRefs'?: { 'CampaignsPageFragment': CampaignsPageFragment } }
  ) };

export type ChangeEntryFragment = { id: string, at: string, action: ChangeAction, origin: ChangeOrigin, subjectType: ChangeSubjectType, actor: { email: string, token: string } | null, fields: Array<{ name: string, before: unknown, after: unknown }> } & { ' $fragmentName'?: 'ChangeEntryFragment' };

export type LastAuthorQueryVariables = Exact<{
  uuid: string;
}>;


export type LastAuthorQuery = { changes: { nodes: Array<{ actor: { email: string } | null }> } };

export type CampaignHistoryQueryVariables = Exact<{
  uuid: string;
  first: number;
  after?: string | null | undefined;
}>;


export type CampaignHistoryQuery = { campaign: { history: { edges: Array<{ cursor: string, node: (
          { id: string }
          & { ' $fragmentRefs'?: { 'ChangeEntryFragment': ChangeEntryFragment } }
        ) }>, pageInfo: { hasNextPage: boolean } } } | null };

export type GroupHistoryQueryVariables = Exact<{
  uuid: string;
  first: number;
  after?: string | null | undefined;
}>;


export type GroupHistoryQuery = { group: { history: { edges: Array<{ cursor: string, node: (
          { id: string }
          & { ' $fragmentRefs'?: { 'ChangeEntryFragment': ChangeEntryFragment } }
        ) }>, pageInfo: { hasNextPage: boolean } } } | null };

export type LiveChangesSubscriptionVariables = Exact<{
  after: string;
}>;


export type LiveChangesSubscription = { changes: { cursor: string, upToDate: boolean, changes: Array<{ subjectType: ChangeSubjectType }> } };

export type NewChangesQueryVariables = Exact<{
  after: string;
}>;


export type NewChangesQuery = { changes: { nodes: Array<{ subjectType: ChangeSubjectType }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type FindQueryVariables = Exact<{
  search: string;
}>;


export type FindQuery = { campaigns: { nodes: Array<{ uuid: string, name: string, archived: boolean, group: { name: string } }> }, groups: { nodes: Array<{ uuid: string, name: string }> } };

export type CreateGroupMutationVariables = Exact<{
  name: string;
}>;


export type CreateGroupMutation = { createGroup: { group: { ' $fragmentRefs'?: { 'GroupRowFragment': GroupRowFragment } } | null, userErrors: Array<{ ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }> } | null };

export type RenameGroupMutationVariables = Exact<{
  uuid: string;
  name: string;
  expectedRevision: number;
}>;


export type RenameGroupMutation = { updateGroup: { group: { ' $fragmentRefs'?: { 'GroupRowFragment': GroupRowFragment } } | null, userErrors: Array<(
      { code: UserErrorCode, current:
        | { ' $fragmentRefs'?: { 'GroupRowFragment': GroupRowFragment } }
        | Record<PropertyKey, never>
       | null }
      & { ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }
    )> } | null };

export type DeleteGroupMutationVariables = Exact<{
  uuid: string;
  expectedRevision: number;
}>;


export type DeleteGroupMutation = { deleteGroup: { deletedGroupId: string | null, userErrors: Array<(
      { code: UserErrorCode, current:
        | { ' $fragmentRefs'?: { 'GroupRowFragment': GroupRowFragment } }
        | Record<PropertyKey, never>
       | null }
      & { ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }
    )> } | null };

export type GroupRowFragment = { id: string, uuid: string, name: string, query: string | null, status: GroupStatus, system: boolean, contactCount: number, revision: number, campaigns: { totalCount: number } } & { ' $fragmentName'?: 'GroupRowFragment' };

export type GroupsPageFragment = { edges: Array<{ cursor: string, node: (
      { id: string }
      & { ' $fragmentRefs'?: { 'GroupRowFragment': GroupRowFragment } }
    ) }> } & { ' $fragmentName'?: 'GroupsPageFragment' };

export type StartGroupsQueryVariables = Exact<{
  first: number;
  search?: string | null | undefined;
}>;


export type StartGroupsQuery = { viewer: { ' $fragmentRefs'?: { 'ViewerFieldsFragment': ViewerFieldsFragment } }, groups: (
    { totalCount: number, changesCursor: string, pageInfo: { hasNextPage: boolean } }
    & { ' $fragmentRefs'?: { 'GroupsPageFragment': GroupsPageFragment } }
  ) };

export type GroupDetailsQueryVariables = Exact<{
  uuid: string;
}>;


export type GroupDetailsQuery = { group: { ' $fragmentRefs'?: { 'GroupRowFragment': GroupRowFragment } } | null };

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
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  startAt?: ListPlace | null | undefined;
  search?: string | null | undefined;
  counted: boolean;
  backwards: boolean;
}>;


export type GroupsQuery = { groups: (
    { totalCount?: number, pageInfo: { hasNextPage?: boolean, hasPreviousPage?: boolean } }
    & { ' $fragmentRefs'?: { 'GroupsPageFragment': GroupsPageFragment } }
  ) };

export type InviteMemberMutationVariables = Exact<{
  email: string;
  role: Role;
}>;


export type InviteMemberMutation = { inviteMember: { key: string | null, member: { email: string } | null, userErrors: Array<{ ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }> } | null };

export type UpdateMemberMutationVariables = Exact<{
  uuid: string;
  role: Role;
  expectedRevision: number;
}>;


export type UpdateMemberMutation = { updateMember: { userErrors: Array<{ ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }> } | null };

export type RemoveMemberMutationVariables = Exact<{
  uuid: string;
  expectedRevision: number;
}>;


export type RemoveMemberMutation = { removeMember: { userErrors: Array<{ ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }> } | null };

export type CreateApiTokenMutationVariables = Exact<{
  name: string;
  member?: string | null | undefined;
  maxRole?: Role | null | undefined;
  expiresOn?: string | null | undefined;
}>;


export type CreateApiTokenMutation = { createApiToken: { key: string | null, userErrors: Array<{ ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }> } | null };

export type RevokeApiTokenMutationVariables = Exact<{
  uuid: string;
}>;


export type RevokeApiTokenMutation = { revokeApiToken: { userErrors: Array<{ ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }> } | null };

export type MemberRowFragment = { uuid: string, email: string, role: Role, active: boolean, createdOn: string, revision: number } & { ' $fragmentName'?: 'MemberRowFragment' };

export type MembersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  counted: boolean;
  backwards: boolean;
}>;


export type MembersQuery = { members: { totalCount?: number, edges: Array<{ cursor: string, node: (
        { id: string }
        & { ' $fragmentRefs'?: { 'MemberRowFragment': MemberRowFragment } }
      ) }>, pageInfo: { hasNextPage?: boolean, hasPreviousPage?: boolean } } };

export type TokenRowFragment = { uuid: string, name: string, owner: string, role: Role, createdOn: string, lastUsedOn: string | null, expiresOn: string | null } & { ' $fragmentName'?: 'TokenRowFragment' };

export type TokensQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  counted: boolean;
  backwards: boolean;
}>;


export type TokensQuery = { apiTokens: { totalCount?: number, edges: Array<{ cursor: string, node: (
        { id: string }
        & { ' $fragmentRefs'?: { 'TokenRowFragment': TokenRowFragment } }
      ) }>, pageInfo: { hasNextPage?: boolean, hasPreviousPage?: boolean } } };

export type OwnTokenQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnTokenQuery = { viewer: { token: { uuid: string, expiresOn: string | null } | null } };

export type ViewerFieldsFragment = { role: Role, user: { email: string }, workspace: { uuid: string, name: string, upstream: { url: string } | null } } & { ' $fragmentName'?: 'ViewerFieldsFragment' };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { ' $fragmentRefs'?: { 'ViewerFieldsFragment': ViewerFieldsFragment } }, campaigns: { changesCursor: string } };

export type UpstreamQueryVariables = Exact<{ [key: string]: never; }>;


export type UpstreamQuery = { viewer: { workspace: { upstream: { url: string, state: UpstreamState, problem: string | null, lastContactAt: string | null, completeAsOf: string | null } | null } } };

export type WebhookCardFieldsFragment = { uuid: string, name: string, url: string, state: WebhookState, revision: number, lastDeliveredOn: string | null, failingSince: string | null, lastError: string | null, nextTryOn: string | null, previousSecretUntil: string | null, failures: Array<{ failedOn: string, error: string }> } & { ' $fragmentName'?: 'WebhookCardFieldsFragment' };

export type WebhooksQueryVariables = Exact<{ [key: string]: never; }>;


export type WebhooksQuery = { webhooks: Array<{ ' $fragmentRefs'?: { 'WebhookCardFieldsFragment': WebhookCardFieldsFragment } }> };

export type CreateWebhookMutationVariables = Exact<{
  name: string;
  url: string;
}>;


export type CreateWebhookMutation = { createWebhook: { secret: string | null, userErrors: Array<{ ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }> } | null };

export type UpdateWebhookMutationVariables = Exact<{
  input: UpdateWebhookInput;
}>;


export type UpdateWebhookMutation = { updateWebhook: { userErrors: Array<(
      { code: UserErrorCode }
      & { ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }
    )> } | null };

export type RotateWebhookSecretMutationVariables = Exact<{
  uuid: string;
  expectedRevision: number;
}>;


export type RotateWebhookSecretMutation = { rotateWebhookSecret: { secret: string | null, userErrors: Array<{ ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }> } | null };

export type DeleteWebhookMutationVariables = Exact<{
  uuid: string;
  expectedRevision: number;
}>;


export type DeleteWebhookMutation = { deleteWebhook: { userErrors: Array<{ ' $fragmentRefs'?: { 'InputErrorFragment': InputErrorFragment } }> } | null };

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
export const ChangeEntryFragmentDoc = new TypedDocumentString(`
    fragment ChangeEntry on Change {
  id
  at
  action
  origin
  actor {
    email
    token
  }
  subjectType
  fields {
    name
    before
    after
  }
}
    `, {"fragmentName":"ChangeEntry"}) as unknown as TypedDocumentString<ChangeEntryFragment, unknown>;
export const ActivityRowFragmentDoc = new TypedDocumentString(`
    fragment ActivityRow on Change {
  ...ChangeEntry
  at
  subjectType
  subject {
    ... on Campaign {
      uuid
      name
    }
    ... on Group {
      uuid
      name
    }
    ... on Member {
      email
    }
    ... on ApiToken {
      tokenName: name
    }
  }
}
    fragment ChangeEntry on Change {
  id
  at
  action
  origin
  actor {
    email
    token
  }
  subjectType
  fields {
    name
    before
    after
  }
}`, {"fragmentName":"ActivityRow"}) as unknown as TypedDocumentString<ActivityRowFragment, unknown>;
export const InputErrorFragmentDoc = new TypedDocumentString(`
    fragment InputError on UserError {
  field
  code
  message
  character
}
    `, {"fragmentName":"InputError"}) as unknown as TypedDocumentString<InputErrorFragment, unknown>;
export const ItemErrorFragmentDoc = new TypedDocumentString(`
    fragment ItemError on UserError {
  ...InputError
  field
  code
}
    fragment InputError on UserError {
  field
  code
  message
  character
}`, {"fragmentName":"ItemError"}) as unknown as TypedDocumentString<ItemErrorFragment, unknown>;
export const CampaignRowFragmentDoc = new TypedDocumentString(`
    fragment CampaignRow on Campaign {
  id
  uuid
  name
  archived
  createdOn
  modifiedOn
  revision
  group {
    uuid
    name
  }
}
    `, {"fragmentName":"CampaignRow"}) as unknown as TypedDocumentString<CampaignRowFragment, unknown>;
export const CampaignsPageFragmentDoc = new TypedDocumentString(`
    fragment CampaignsPage on CampaignConnection {
  edges {
    cursor
    node {
      id
      ...CampaignRow
    }
  }
}
    fragment CampaignRow on Campaign {
  id
  uuid
  name
  archived
  createdOn
  modifiedOn
  revision
  group {
    uuid
    name
  }
}`, {"fragmentName":"CampaignsPage"}) as unknown as TypedDocumentString<CampaignsPageFragment, unknown>;
export const GroupRowFragmentDoc = new TypedDocumentString(`
    fragment GroupRow on Group {
  id
  uuid
  name
  query
  status
  system
  contactCount
  revision
  campaigns(first: 1) {
    totalCount
  }
}
    `, {"fragmentName":"GroupRow"}) as unknown as TypedDocumentString<GroupRowFragment, unknown>;
export const GroupsPageFragmentDoc = new TypedDocumentString(`
    fragment GroupsPage on GroupConnection {
  edges {
    cursor
    node {
      id
      ...GroupRow
    }
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
  revision
  campaigns(first: 1) {
    totalCount
  }
}`, {"fragmentName":"GroupsPage"}) as unknown as TypedDocumentString<GroupsPageFragment, unknown>;
export const MemberRowFragmentDoc = new TypedDocumentString(`
    fragment MemberRow on Member {
  uuid
  email
  role
  active
  createdOn
  revision
}
    `, {"fragmentName":"MemberRow"}) as unknown as TypedDocumentString<MemberRowFragment, unknown>;
export const TokenRowFragmentDoc = new TypedDocumentString(`
    fragment TokenRow on ApiToken {
  uuid
  name
  owner
  role
  createdOn
  lastUsedOn
  expiresOn
}
    `, {"fragmentName":"TokenRow"}) as unknown as TypedDocumentString<TokenRowFragment, unknown>;
export const ViewerFieldsFragmentDoc = new TypedDocumentString(`
    fragment ViewerFields on Viewer {
  role
  user {
    email
  }
  workspace {
    uuid
    name
    upstream {
      url
    }
  }
}
    `, {"fragmentName":"ViewerFields"}) as unknown as TypedDocumentString<ViewerFieldsFragment, unknown>;
export const WebhookCardFieldsFragmentDoc = new TypedDocumentString(`
    fragment WebhookCardFields on Webhook {
  uuid
  name
  url
  state
  revision
  lastDeliveredOn
  failingSince
  lastError
  nextTryOn
  previousSecretUntil
  failures {
    failedOn
    error
  }
}
    `, {"fragmentName":"WebhookCardFields"}) as unknown as TypedDocumentString<WebhookCardFieldsFragment, unknown>;
export const ActivityDocument = new TypedDocumentString(`
    query Activity($first: Int, $after: String, $last: Int, $before: String, $filter: ChangeFilter, $counted: Boolean!, $backwards: Boolean!) {
  changes(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    edges {
      cursor
      node {
        id
        ...ActivityRow
      }
    }
    pageInfo {
      hasNextPage @include(if: $backwards)
      hasPreviousPage @skip(if: $backwards)
    }
    totalCount @include(if: $counted)
  }
}
    fragment ActivityRow on Change {
  ...ChangeEntry
  at
  subjectType
  subject {
    ... on Campaign {
      uuid
      name
    }
    ... on Group {
      uuid
      name
    }
    ... on Member {
      email
    }
    ... on ApiToken {
      tokenName: name
    }
  }
}
fragment ChangeEntry on Change {
  id
  at
  action
  origin
  actor {
    email
    token
  }
  subjectType
  fields {
    name
    before
    after
  }
}`, {"hash":"09ac6726c5cf88ea669c65fcf0a9d80fc90b02e21d59791ce75a74280dead148"}) as unknown as TypedDocumentString<ActivityQuery, ActivityQueryVariables>;
export const ActivityPeopleDocument = new TypedDocumentString(`
    query ActivityPeople {
  changes(last: 250) {
    nodes {
      actor {
        email
      }
    }
  }
}
    `, {"hash":"49caa610b7eeae4289e521ffc0d14969808183fabf35c9cd088c9f0c1d93a54c"}) as unknown as TypedDocumentString<ActivityPeopleQuery, ActivityPeopleQueryVariables>;
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
  revision
  group {
    uuid
    name
  }
}`, {"hash":"de776afa0192364d56b67e4130b0bf058bd30662cc0eb1a63aaea17c3d4ec76a"}) as unknown as TypedDocumentString<CreateCampaignMutation, CreateCampaignMutationVariables>;
export const UpdateCampaignDocument = new TypedDocumentString(`
    mutation UpdateCampaign($input: UpdateCampaignInput!) {
  updateCampaign(input: $input) {
    campaign {
      ...CampaignRow
    }
    userErrors {
      ...InputError
      code
      current {
        ... on Campaign {
          ...CampaignRow
        }
      }
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
  revision
  group {
    uuid
    name
  }
}`, {"hash":"85499ff9f4da11372828bf62fc987f87d9ea92e52fa7d613c3824fa635e54849"}) as unknown as TypedDocumentString<UpdateCampaignMutation, UpdateCampaignMutationVariables>;
export const DeleteCampaignDocument = new TypedDocumentString(`
    mutation DeleteCampaign($uuid: UUID!, $expectedRevision: Int) {
  deleteCampaign(input: {uuid: $uuid, expectedRevision: $expectedRevision}) {
    deletedCampaignId
    userErrors {
      ...InputError
      code
      current {
        ... on Campaign {
          ...CampaignRow
        }
      }
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
  revision
  group {
    uuid
    name
  }
}`, {"hash":"889320dda48f33014b441f623c07a6e94a2329797ece381aa5e23a3e9520d310"}) as unknown as TypedDocumentString<DeleteCampaignMutation, DeleteCampaignMutationVariables>;
export const CampaignSpanDocument = new TypedDocumentString(`
    query CampaignSpan($archived: Boolean, $group: GroupReference) {
  newest: campaigns(
    first: 1
    filter: {archived: $archived, group: $group}
    orderBy: {field: CREATED, direction: DESC}
  ) {
    nodes {
      createdOn
    }
  }
  oldest: campaigns(
    first: 1
    filter: {archived: $archived, group: $group}
    orderBy: {field: CREATED, direction: ASC}
  ) {
    nodes {
      createdOn
    }
  }
}
    `, {"hash":"4676e1255ddae9d104f6daa433f35e3c0c8da6e1295d1c93a98eee09c30805b6"}) as unknown as TypedDocumentString<CampaignSpanQuery, CampaignSpanQueryVariables>;
export const UpdateCampaignsDocument = new TypedDocumentString(`
    mutation UpdateCampaigns($campaigns: [CampaignChanges!]!) {
  updateCampaigns(input: {campaigns: $campaigns}) {
    campaigns {
      ...CampaignRow
    }
    userErrors {
      ...ItemError
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
  revision
  group {
    uuid
    name
  }
}
fragment ItemError on UserError {
  ...InputError
  field
  code
}`, {"hash":"d7a446061997d4c1feae46b4bf1c504b158c1a9b6227071d95c6003d76334a58"}) as unknown as TypedDocumentString<UpdateCampaignsMutation, UpdateCampaignsMutationVariables>;
export const DeleteCampaignsDocument = new TypedDocumentString(`
    mutation DeleteCampaigns($campaigns: [CampaignToDelete!]!) {
  deleteCampaigns(input: {campaigns: $campaigns}) {
    deletedCampaignIds
    userErrors {
      ...ItemError
    }
  }
}
    fragment InputError on UserError {
  field
  code
  message
  character
}
fragment ItemError on UserError {
  ...InputError
  field
  code
}`, {"hash":"3c959b62d4cb95e322136da9f0024d40a1c2df2a4358c39afec09e00f91e260e"}) as unknown as TypedDocumentString<DeleteCampaignsMutation, DeleteCampaignsMutationVariables>;
export const PresentCampaignsDocument = new TypedDocumentString(`
    query PresentCampaigns($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Campaign {
      ...CampaignRow
    }
  }
}
    fragment CampaignRow on Campaign {
  id
  uuid
  name
  archived
  createdOn
  modifiedOn
  revision
  group {
    uuid
    name
  }
}`, {"hash":"9695b25712c8c39a0a8d18e4f1d3d576a3bd51946cf8f815e4647ba85f32d12c"}) as unknown as TypedDocumentString<PresentCampaignsQuery, PresentCampaignsQueryVariables>;
export const StartCampaignsDocument = new TypedDocumentString(`
    query StartCampaigns($first: Int!, $filter: CampaignFilter, $orderBy: CampaignOrder) {
  viewer {
    ...ViewerFields
  }
  campaigns(first: $first, filter: $filter, orderBy: $orderBy) {
    ...CampaignsPage
    pageInfo {
      hasNextPage
    }
    totalCount
    changesCursor
  }
}
    fragment CampaignRow on Campaign {
  id
  uuid
  name
  archived
  createdOn
  modifiedOn
  revision
  group {
    uuid
    name
  }
}
fragment CampaignsPage on CampaignConnection {
  edges {
    cursor
    node {
      id
      ...CampaignRow
    }
  }
}
fragment ViewerFields on Viewer {
  role
  user {
    email
  }
  workspace {
    uuid
    name
    upstream {
      url
    }
  }
}`, {"hash":"4eeda758075751e27af3a7a76dea9dcf5522c08dc5aa81761926ea1779ab393a"}) as unknown as TypedDocumentString<StartCampaignsQuery, StartCampaignsQueryVariables>;
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
  revision
  group {
    uuid
    name
  }
}`, {"hash":"dc594f4f52f6c2fd82c4838bead9e2998a79f218033f23ee953fa1d2bf3568cd"}) as unknown as TypedDocumentString<CampaignQuery, CampaignQueryVariables>;
export const CampaignsDocument = new TypedDocumentString(`
    query Campaigns($first: Int, $after: String, $last: Int, $before: String, $startAt: ListPlace, $filter: CampaignFilter, $orderBy: CampaignOrder, $counted: Boolean!, $backwards: Boolean!) {
  campaigns(
    first: $first
    after: $after
    last: $last
    before: $before
    startAt: $startAt
    filter: $filter
    orderBy: $orderBy
  ) {
    ...CampaignsPage
    pageInfo {
      hasNextPage @skip(if: $backwards)
      hasPreviousPage @include(if: $backwards)
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
  revision
  group {
    uuid
    name
  }
}
fragment CampaignsPage on CampaignConnection {
  edges {
    cursor
    node {
      id
      ...CampaignRow
    }
  }
}`, {"hash":"f70a69d989406b39ce29367cd43d71782d126e9029183c8ebdc5171ce8e1f45e"}) as unknown as TypedDocumentString<CampaignsQuery, CampaignsQueryVariables>;
export const LastAuthorDocument = new TypedDocumentString(`
    query LastAuthor($uuid: UUID!) {
  changes(last: 1, filter: {uuids: [$uuid]}) {
    nodes {
      actor {
        email
      }
    }
  }
}
    `, {"hash":"ce3f8103dac18c3cd2520c770bf2ec5802318e14e0670a7d6f3bdbf8c014fe3d"}) as unknown as TypedDocumentString<LastAuthorQuery, LastAuthorQueryVariables>;
export const CampaignHistoryDocument = new TypedDocumentString(`
    query CampaignHistory($uuid: UUID!, $first: Int!, $after: String) {
  campaign(uuid: $uuid) {
    history(first: $first, after: $after) {
      edges {
        cursor
        node {
          id
          ...ChangeEntry
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
}
    fragment ChangeEntry on Change {
  id
  at
  action
  origin
  actor {
    email
    token
  }
  subjectType
  fields {
    name
    before
    after
  }
}`, {"hash":"d946696f6241f314e01595f93a89dd490ef84fcb7c99bf6807b97cec34cc215c"}) as unknown as TypedDocumentString<CampaignHistoryQuery, CampaignHistoryQueryVariables>;
export const GroupHistoryDocument = new TypedDocumentString(`
    query GroupHistory($uuid: UUID!, $first: Int!, $after: String) {
  group(by: {uuid: $uuid}) {
    history(first: $first, after: $after) {
      edges {
        cursor
        node {
          id
          ...ChangeEntry
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
}
    fragment ChangeEntry on Change {
  id
  at
  action
  origin
  actor {
    email
    token
  }
  subjectType
  fields {
    name
    before
    after
  }
}`, {"hash":"eee47fe27ebcc7d98f88679cec289fb0e440adebc769515cfdd0a691c33b448f"}) as unknown as TypedDocumentString<GroupHistoryQuery, GroupHistoryQueryVariables>;
export const LiveChangesDocument = new TypedDocumentString(`
    subscription LiveChanges($after: String!) {
  changes(after: $after, first: 250) {
    changes {
      subjectType
    }
    cursor
    upToDate
  }
}
    `, {"hash":"8845f477a44e09ae6bed723ced3ef53df1cbafd3dcd5b0d06731839adde9e8d9"}) as unknown as TypedDocumentString<LiveChangesSubscription, LiveChangesSubscriptionVariables>;
export const NewChangesDocument = new TypedDocumentString(`
    query NewChanges($after: String!) {
  changes(after: $after, first: 250) {
    nodes {
      subjectType
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `, {"hash":"abb78d796e7ebcad5977f346713f6d85a71f3f21c321f9ea93259b4dcebc5c87"}) as unknown as TypedDocumentString<NewChangesQuery, NewChangesQueryVariables>;
export const FindDocument = new TypedDocumentString(`
    query Find($search: String!) {
  campaigns(first: 6, filter: {search: $search, archived: null}) {
    nodes {
      uuid
      name
      archived
      group {
        name
      }
    }
  }
  groups(
    first: 4
    filter: {search: $search}
    orderBy: {field: NAME, direction: ASC}
  ) {
    nodes {
      uuid
      name
    }
  }
}
    `, {"hash":"40992a5d979f429de6210514910b5e9ef4e3b83aa2f11fff91542b2eac9ffd7c"}) as unknown as TypedDocumentString<FindQuery, FindQueryVariables>;
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
  revision
  campaigns(first: 1) {
    totalCount
  }
}`, {"hash":"dbe2a3e95961fda2a9d5caf67ed68c8859a9ca0b88659cfea5f4e2b9a4e30a5a"}) as unknown as TypedDocumentString<CreateGroupMutation, CreateGroupMutationVariables>;
export const RenameGroupDocument = new TypedDocumentString(`
    mutation RenameGroup($uuid: UUID!, $name: String!, $expectedRevision: Int!) {
  updateGroup(
    input: {uuid: $uuid, name: $name, expectedRevision: $expectedRevision}
  ) {
    group {
      ...GroupRow
    }
    userErrors {
      ...InputError
      code
      current {
        ... on Group {
          ...GroupRow
        }
      }
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
  revision
  campaigns(first: 1) {
    totalCount
  }
}`, {"hash":"b267ac20bd255d42077c0bda49949a90458bfcefd1b369b72278e71ef63f2496"}) as unknown as TypedDocumentString<RenameGroupMutation, RenameGroupMutationVariables>;
export const DeleteGroupDocument = new TypedDocumentString(`
    mutation DeleteGroup($uuid: UUID!, $expectedRevision: Int!) {
  deleteGroup(input: {uuid: $uuid, expectedRevision: $expectedRevision}) {
    deletedGroupId
    userErrors {
      ...InputError
      code
      current {
        ... on Group {
          ...GroupRow
        }
      }
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
  revision
  campaigns(first: 1) {
    totalCount
  }
}`, {"hash":"7e4a7a19451fd531f838b9545607cec83ac9d3d13d8e1907a3f548363e3735b3"}) as unknown as TypedDocumentString<DeleteGroupMutation, DeleteGroupMutationVariables>;
export const StartGroupsDocument = new TypedDocumentString(`
    query StartGroups($first: Int!, $search: String) {
  viewer {
    ...ViewerFields
  }
  groups(
    first: $first
    filter: {search: $search}
    orderBy: {field: NAME, direction: ASC}
  ) {
    ...GroupsPage
    pageInfo {
      hasNextPage
    }
    totalCount
    changesCursor
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
  revision
  campaigns(first: 1) {
    totalCount
  }
}
fragment GroupsPage on GroupConnection {
  edges {
    cursor
    node {
      id
      ...GroupRow
    }
  }
}
fragment ViewerFields on Viewer {
  role
  user {
    email
  }
  workspace {
    uuid
    name
    upstream {
      url
    }
  }
}`, {"hash":"6678253e9e3a0255a3ddf6ebd3b2af94be6fcbc10f2d0f9933f45446b6abd4e0"}) as unknown as TypedDocumentString<StartGroupsQuery, StartGroupsQueryVariables>;
export const GroupDetailsDocument = new TypedDocumentString(`
    query GroupDetails($uuid: UUID!) {
  group(by: {uuid: $uuid}) {
    ...GroupRow
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
  revision
  campaigns(first: 1) {
    totalCount
  }
}`, {"hash":"16d77c4e8a82bad7dfa96938feaf08ee4fe75216b84e35004c83f962a7ef1393"}) as unknown as TypedDocumentString<GroupDetailsQuery, GroupDetailsQueryVariables>;
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
    query Groups($first: Int, $after: String, $last: Int, $before: String, $startAt: ListPlace, $search: String, $counted: Boolean!, $backwards: Boolean!) {
  groups(
    first: $first
    after: $after
    last: $last
    before: $before
    startAt: $startAt
    filter: {search: $search}
    orderBy: {field: NAME, direction: ASC}
  ) {
    ...GroupsPage
    pageInfo {
      hasNextPage @skip(if: $backwards)
      hasPreviousPage @include(if: $backwards)
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
  revision
  campaigns(first: 1) {
    totalCount
  }
}
fragment GroupsPage on GroupConnection {
  edges {
    cursor
    node {
      id
      ...GroupRow
    }
  }
}`, {"hash":"a424ba07ab74039ff85640bca4271e74a8ba7f93bd72e012285578b9f2070a7c"}) as unknown as TypedDocumentString<GroupsQuery, GroupsQueryVariables>;
export const InviteMemberDocument = new TypedDocumentString(`
    mutation InviteMember($email: String!, $role: Role!) {
  inviteMember(input: {email: $email, role: $role}) {
    key
    member {
      email
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
}`, {"hash":"975c4c9de78c377e88b028c47f458a9297c6e88c5ace811dc9997ab61f0e3fb3"}) as unknown as TypedDocumentString<InviteMemberMutation, InviteMemberMutationVariables>;
export const UpdateMemberDocument = new TypedDocumentString(`
    mutation UpdateMember($uuid: UUID!, $role: Role!, $expectedRevision: Int!) {
  updateMember(
    input: {uuid: $uuid, role: $role, expectedRevision: $expectedRevision}
  ) {
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
}`, {"hash":"560f7a42f2769bb8dd1db1da5c215f7aedbc0cc047573465e72a6c8234c32e27"}) as unknown as TypedDocumentString<UpdateMemberMutation, UpdateMemberMutationVariables>;
export const RemoveMemberDocument = new TypedDocumentString(`
    mutation RemoveMember($uuid: UUID!, $expectedRevision: Int!) {
  removeMember(input: {uuid: $uuid, expectedRevision: $expectedRevision}) {
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
}`, {"hash":"2466e93c6fb22c18c4e223bf7518da5fe833909f6d23c3a981f242b95472e400"}) as unknown as TypedDocumentString<RemoveMemberMutation, RemoveMemberMutationVariables>;
export const CreateApiTokenDocument = new TypedDocumentString(`
    mutation CreateApiToken($name: String!, $member: UUID, $maxRole: Role, $expiresOn: DateTime) {
  createApiToken(
    input: {name: $name, member: $member, maxRole: $maxRole, expiresOn: $expiresOn}
  ) {
    key
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
}`, {"hash":"204d8f95f09c8f9c041495fdb2347c54d5af67053d37c8bffa83e18917c01f1d"}) as unknown as TypedDocumentString<CreateApiTokenMutation, CreateApiTokenMutationVariables>;
export const RevokeApiTokenDocument = new TypedDocumentString(`
    mutation RevokeApiToken($uuid: UUID!) {
  revokeApiToken(input: {uuid: $uuid}) {
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
}`, {"hash":"0acb047395a0359fba831da7db70abb6175bcf1a9e85aa4cd367c1537174e199"}) as unknown as TypedDocumentString<RevokeApiTokenMutation, RevokeApiTokenMutationVariables>;
export const MembersDocument = new TypedDocumentString(`
    query Members($first: Int, $after: String, $last: Int, $before: String, $search: String, $counted: Boolean!, $backwards: Boolean!) {
  members(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: {search: $search}
  ) {
    edges {
      cursor
      node {
        id
        ...MemberRow
      }
    }
    pageInfo {
      hasNextPage @skip(if: $backwards)
      hasPreviousPage @include(if: $backwards)
    }
    totalCount @include(if: $counted)
  }
}
    fragment MemberRow on Member {
  uuid
  email
  role
  active
  createdOn
  revision
}`, {"hash":"34ca3662eb7e01c43c585bd183b0867a346c263d1bce2c69f6c0bce6bfe1c078"}) as unknown as TypedDocumentString<MembersQuery, MembersQueryVariables>;
export const TokensDocument = new TypedDocumentString(`
    query Tokens($first: Int, $after: String, $last: Int, $before: String, $counted: Boolean!, $backwards: Boolean!) {
  apiTokens(first: $first, after: $after, last: $last, before: $before) {
    edges {
      cursor
      node {
        id
        ...TokenRow
      }
    }
    pageInfo {
      hasNextPage @skip(if: $backwards)
      hasPreviousPage @include(if: $backwards)
    }
    totalCount @include(if: $counted)
  }
}
    fragment TokenRow on ApiToken {
  uuid
  name
  owner
  role
  createdOn
  lastUsedOn
  expiresOn
}`, {"hash":"2fe9dd56eae800e45e63e4bd2cdcdbd58b4377265744b8109435db1e99efbfcc"}) as unknown as TypedDocumentString<TokensQuery, TokensQueryVariables>;
export const OwnTokenDocument = new TypedDocumentString(`
    query OwnToken {
  viewer {
    token {
      uuid
      expiresOn
    }
  }
}
    `, {"hash":"f3748f66df2ad14e7ef3c70a7a83599aae265664d8be39f8d856516041acd169"}) as unknown as TypedDocumentString<OwnTokenQuery, OwnTokenQueryVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    ...ViewerFields
  }
  campaigns(first: 1) {
    changesCursor
  }
}
    fragment ViewerFields on Viewer {
  role
  user {
    email
  }
  workspace {
    uuid
    name
    upstream {
      url
    }
  }
}`, {"hash":"b7af41134cfaf17973d5a4a01b6b20a8750b12c532c29ece0b11b1fe8a924417"}) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const UpstreamDocument = new TypedDocumentString(`
    query Upstream {
  viewer {
    workspace {
      upstream {
        url
        state
        problem
        lastContactAt
        completeAsOf
      }
    }
  }
}
    `, {"hash":"7c0303901b3521e3dbe1b98b6add417567c8bff1b19d86e70edd42537eae34f1"}) as unknown as TypedDocumentString<UpstreamQuery, UpstreamQueryVariables>;
export const WebhooksDocument = new TypedDocumentString(`
    query Webhooks {
  webhooks {
    ...WebhookCardFields
  }
}
    fragment WebhookCardFields on Webhook {
  uuid
  name
  url
  state
  revision
  lastDeliveredOn
  failingSince
  lastError
  nextTryOn
  previousSecretUntil
  failures {
    failedOn
    error
  }
}`, {"hash":"f503dd281364ce2364e3549fe34bd726855fc7f387682037e61a061db97bee9b"}) as unknown as TypedDocumentString<WebhooksQuery, WebhooksQueryVariables>;
export const CreateWebhookDocument = new TypedDocumentString(`
    mutation CreateWebhook($name: String!, $url: String!) {
  createWebhook(input: {name: $name, url: $url}) {
    secret
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
}`, {"hash":"e61b84a771e5bc956c3793d049f2f2700c8313859da5504396d91bda0106d154"}) as unknown as TypedDocumentString<CreateWebhookMutation, CreateWebhookMutationVariables>;
export const UpdateWebhookDocument = new TypedDocumentString(`
    mutation UpdateWebhook($input: UpdateWebhookInput!) {
  updateWebhook(input: $input) {
    userErrors {
      ...InputError
      code
    }
  }
}
    fragment InputError on UserError {
  field
  code
  message
  character
}`, {"hash":"1afe8446f688bde2c4ab296971a7ae8558e581af0a8446ebb6c0237689e4db83"}) as unknown as TypedDocumentString<UpdateWebhookMutation, UpdateWebhookMutationVariables>;
export const RotateWebhookSecretDocument = new TypedDocumentString(`
    mutation RotateWebhookSecret($uuid: UUID!, $expectedRevision: Int!) {
  rotateWebhookSecret(input: {uuid: $uuid, expectedRevision: $expectedRevision}) {
    secret
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
}`, {"hash":"f48a9cd5cee62ee740fdfedc56acb66d3a6205ea36c96800abd83f4174bd9b1b"}) as unknown as TypedDocumentString<RotateWebhookSecretMutation, RotateWebhookSecretMutationVariables>;
export const DeleteWebhookDocument = new TypedDocumentString(`
    mutation DeleteWebhook($uuid: UUID!, $expectedRevision: Int!) {
  deleteWebhook(input: {uuid: $uuid, expectedRevision: $expectedRevision}) {
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
}`, {"hash":"8f4af64fe6175b83d572cca55ee3982cf797cc531dd87108b8216afefffa3435"}) as unknown as TypedDocumentString<DeleteWebhookMutation, DeleteWebhookMutationVariables>;