import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Campaign as CampaignModel } from '../../model/campaign.ts';
import type { AnyConnection, PageFacts } from '../connection.ts';
import type { GroupSummary as GroupModel } from '../../model/group.ts';
import type { Identity } from '../../access/identity.ts';
import type { UserError as UserErrorModel } from '../../model/user-error.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /**
   * A moment in UTC, written as RFC 3339: `2013-08-19T19:11:21.088Z`, with six digits of
   * fraction where the microseconds are not zero.
   *
   * As input every ISO 8601 form from a year (`2024`) to a fraction (`2024-05-30T16:10:47.125854+03:00`)
   * is read; without an offset it is UTC, and what is left out is zero.
   */
  DateTime: { input: number; output: number; }
  /**
   * A UUID, shown in lower case with hyphens: `089de107-5553-4c07-ab00-092b7869dae1`.
   * As input capitals are read too, and the hyphens may be left out.
   */
  UUID: { input: string; output: string; }
};

/** A named programme of messages that is run against one contact group. */
export type Campaign = Node & {
  /** An archived campaign can be read and restored, and otherwise not changed. */
  archived: Scalars['Boolean']['output'];
  /** When it was created. */
  createdOn: Scalars['DateTime']['output'];
  /** The contacts that the campaign is run against. */
  group: Group;
  id: Scalars['ID']['output'];
  /** When its name, group or archived state last changed; `createdOn` until then. */
  modifiedOn: Scalars['DateTime']['output'];
  /** 1 to 64 characters, unique in the workspace without regard to case, archived campaigns included. */
  name: Scalars['String']['output'];
  /** The public identity, also in REST v2. */
  uuid: Scalars['UUID']['output'];
};

/** A page of campaigns. */
export type CampaignConnection = {
  /** The page's campaigns, each with its cursor. */
  edges: Array<CampaignEdge>;
  /** The page's campaigns without cursors, for clients that page by `pageInfo` alone. */
  nodes: Array<Campaign>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many campaigns the filter matches, on all pages. Counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A campaign's place in a list. */
export type CampaignEdge = {
  /** Opaque: give it as `after` or `before`, with the same `orderBy`. */
  cursor: Scalars['String']['output'];
  /** The campaign. */
  node: Campaign;
};

/** Which campaigns: all the given conditions must hold. */
export type CampaignFilter = {
  /** false: those in use (the default). true: the archived ones. null: both. */
  archived?: InputMaybe<Scalars['Boolean']['input']>;
  /** Campaigns created at this moment or later. */
  createdAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Campaigns created at this moment or earlier. */
  createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Campaigns of this group. A group that does not exist has none. */
  group?: InputMaybe<GroupReference>;
  /** Campaigns whose name, or whose group's name, contains this text, without regard to case. */
  search?: InputMaybe<Scalars['String']['input']>;
  /** Campaigns with one of these UUIDs, up to 100. Unknown ones are passed over. */
  uuids?: InputMaybe<Array<Scalars['UUID']['input']>>;
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
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Any of the workspace's groups, smart and system ones included. */
  group: GroupReference;
  /** 1 to 64 characters after white space around it is trimmed; no `"` and no `\`. */
  name: Scalars['String']['input'];
};

/** What became of createCampaign. */
export type CreateCampaignPayload = {
  /** The new campaign; null when there are user errors. */
  campaign: Maybe<Campaign>;
  /** As given in the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** What is wrong with the input, for all its fields at once; empty when it went well. */
  userErrors: Array<UserError>;
};

/** A group to be created. */
export type CreateGroupInput = {
  /** Comes back in the payload. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 64 characters after white space around it is trimmed; no `"` and no `\`. */
  name: Scalars['String']['input'];
};

/** What became of createGroup. */
export type CreateGroupPayload = {
  /** As given in the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** The new group; null when there are user errors. */
  group: Maybe<Group>;
  /** What is wrong with the input; empty when it went well. */
  userErrors: Array<UserError>;
};

/** A campaign to be deleted. */
export type DeleteCampaignInput = {
  /** Comes back in the payload. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Which campaign. */
  uuid: Scalars['UUID']['input'];
};

/** What became of deleteCampaign. */
export type DeleteCampaignPayload = {
  /** As given in the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** The global id of the campaign that is gone, for clearing caches; null when there are user errors. */
  deletedCampaignId: Maybe<Scalars['ID']['output']>;
  /** Why it was not deleted; empty when it went well. */
  userErrors: Array<UserError>;
};

/** A group to be deleted. */
export type DeleteGroupInput = {
  /** Comes back in the payload. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Which group. */
  uuid: Scalars['UUID']['input'];
};

/** What became of deleteGroup. */
export type DeleteGroupPayload = {
  /** As given in the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** The global id of the group that is gone, for clearing caches; null when there are user errors. */
  deletedGroupId: Maybe<Scalars['ID']['output']>;
  /** Why it was not deleted; empty when it went well. */
  userErrors: Array<UserError>;
};

/** A set of contacts that campaigns are run against. */
export type Group = Node & {
  /** The group's campaigns, newest first, without the archived ones unless the filter asks for them. */
  campaigns: CampaignConnection;
  /** How many contacts it has. */
  contactCount: Scalars['Int']['output'];
  /** When it was created. */
  createdOn: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  /** 1 to 64 characters, unique in the workspace without regard to case. */
  name: Scalars['String']['output'];
  /** The search that decides who belongs to it; null for a manual group. */
  query: Maybe<Scalars['String']['output']>;
  /** Whether its contacts are known by now. */
  status: GroupStatus;
  /** A group that the workspace came with: it cannot be renamed or deleted. */
  system: Scalars['Boolean']['output'];
  /** The public identity, also in REST v2. */
  uuid: Scalars['UUID']['output'];
};


/** A set of contacts that campaigns are run against. */
export type GroupCampaignsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<CampaignFilter>;
  first: InputMaybe<Scalars['Int']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<CampaignOrder>;
};

/** A page of groups. */
export type GroupConnection = {
  /** The page's groups, each with its cursor. */
  edges: Array<GroupEdge>;
  /** The page's groups without cursors, for clients that page by `pageInfo` alone. */
  nodes: Array<Group>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many groups the filter matches, on all pages. Counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A group's place in a list. */
export type GroupEdge = {
  /** Opaque: give it as `after` or `before`, with the same `orderBy`. */
  cursor: Scalars['String']['output'];
  /** The group. */
  node: Group;
};

/** Which groups: all the given conditions must hold. */
export type GroupFilter = {
  /** Groups of this kind. */
  kind?: InputMaybe<GroupKind>;
  /** The group with exactly this name, without regard to case. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Groups whose name contains this text, without regard to case. */
  search?: InputMaybe<Scalars['String']['input']>;
  /** Groups in one of these states. */
  statuses?: InputMaybe<Array<GroupStatus>>;
  /** Groups with one of these UUIDs, up to 100. Unknown ones are passed over. */
  uuids?: InputMaybe<Array<Scalars['UUID']['input']>>;
};

/** What decides who belongs to a group. */
export type GroupKind =
  /** People put contacts into it. */
  | 'MANUAL'
  /** Its query finds its contacts. */
  | 'SMART';

/** The order of a list of groups. */
export type GroupOrder = {
  /** Which way. */
  direction?: OrderDirection;
  /** By what. */
  field: GroupOrderField;
};

/** What groups can be ordered by. */
export type GroupOrderField =
  /** When they were created; what was created at the same moment, in the order it was added. */
  | 'CREATED'
  /** By name, without regard to case, in the order of Unicode's code points. */
  | 'NAME';

/** One group, named by exactly one of these. Names are compared without regard to case, and not trimmed. */
export type GroupReference =
  /** The group with this name. */
  { name: Scalars['String']['input']; uuid?: never; uuidOrName?: never; }
  |  /** The group with this UUID. */
  { name?: never; uuid: Scalars['UUID']['input']; uuidOrName?: never; }
  |  /** The group with this UUID, in any spelling; if there is none, the group with this name. */
  { name?: never; uuid?: never; uuidOrName: Scalars['String']['input']; };

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

/** What can be changed, by administrators and editors. */
export type Mutation = {
  /** Creates a campaign for one of the workspace's groups. It becomes the newest. */
  createCampaign: Maybe<CreateCampaignPayload>;
  /** Creates a manual group without contacts. */
  createGroup: Maybe<CreateGroupPayload>;
  /** Deletes a campaign, archived or not. It is gone for every caller, and its name is free again. */
  deleteCampaign: Maybe<DeleteCampaignPayload>;
  /** Deletes a group that has no campaigns, or only archived ones. System groups cannot be deleted. */
  deleteGroup: Maybe<DeleteGroupPayload>;
  /**
   * Changes what is given of a campaign and leaves the rest.
   * An archived campaign is changed only by restoring it (`archived: false`), alone or together with other changes.
   */
  updateCampaign: Maybe<UpdateCampaignPayload>;
  /** Renames a group. System groups cannot be changed. */
  updateGroup: Maybe<UpdateGroupPayload>;
};


/** What can be changed, by administrators and editors. */
export type MutationCreateCampaignArgs = {
  input: CreateCampaignInput;
};


/** What can be changed, by administrators and editors. */
export type MutationCreateGroupArgs = {
  input: CreateGroupInput;
};


/** What can be changed, by administrators and editors. */
export type MutationDeleteCampaignArgs = {
  input: DeleteCampaignInput;
};


/** What can be changed, by administrators and editors. */
export type MutationDeleteGroupArgs = {
  input: DeleteGroupInput;
};


/** What can be changed, by administrators and editors. */
export type MutationUpdateCampaignArgs = {
  input: UpdateCampaignInput;
};


/** What can be changed, by administrators and editors. */
export type MutationUpdateGroupArgs = {
  input: UpdateGroupInput;
};

/** An object with a global id, by which `node` finds it again (https://relay.dev/graphql/objectidentification.htm). */
export type Node = {
  /** Global and opaque: good for `node`, for caches and as a key, not for showing. */
  id: Scalars['ID']['output'];
};

/** Which way a list is ordered. */
export type OrderDirection =
  /** Oldest, or first by name, comes first. */
  | 'ASC'
  /** Newest, or last by name, comes first. */
  | 'DESC';

/** Where a page stands in its list (https://relay.dev/graphql/connections.htm). Both facts hold in both directions of paging. */
export type PageInfo = {
  /** The last edge's cursor: give it as `after` for the page after this one. Null on an empty page. */
  endCursor: Maybe<Scalars['String']['output']>;
  /** Whether the list has anything after this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether the list has anything before this page. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The first edge's cursor: give it as `before` for the page before this one. Null on an empty page. */
  startCursor: Maybe<Scalars['String']['output']>;
};

/** What can be read. Everything belongs to the workspace of the token that asks. */
export type Query = {
  /** The campaign with this UUID, archived or not; null when there is none, or when it was deleted. */
  campaign: Maybe<Campaign>;
  /**
   * The errors that `createCampaign` would find in these fields, or `updateCampaign` when `uuid` is given. Nothing is written,
   * so a form can show errors before it is sent. A field that is left out is not judged.
   */
  campaignErrors: Array<UserError>;
  /** The workspace's campaigns, newest first, without the archived ones unless the filter asks for them. */
  campaigns: CampaignConnection;
  /** One group, by UUID or by name; null when there is none, or when it was deleted. */
  group: Maybe<Group>;
  /** The workspace's groups, newest first. */
  groups: GroupConnection;
  /** The object with this global id, or null when the workspace has none. Cost: 1. */
  node: Maybe<Node>;
  /** The objects with these global ids, in the order asked for, with null where the workspace has none. */
  nodes: Array<Maybe<Node>>;
  /** Who is asking: user, role, workspace and what is left of the rate limit. */
  viewer: Viewer;
};


/** What can be read. Everything belongs to the workspace of the token that asks. */
export type QueryCampaignArgs = {
  uuid: Scalars['UUID']['input'];
};


/** What can be read. Everything belongs to the workspace of the token that asks. */
export type QueryCampaignErrorsArgs = {
  group: InputMaybe<GroupReference>;
  name: InputMaybe<Scalars['String']['input']>;
  uuid: InputMaybe<Scalars['UUID']['input']>;
};


/** What can be read. Everything belongs to the workspace of the token that asks. */
export type QueryCampaignsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<CampaignFilter>;
  first: InputMaybe<Scalars['Int']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<CampaignOrder>;
};


/** What can be read. Everything belongs to the workspace of the token that asks. */
export type QueryGroupArgs = {
  by: GroupReference;
};


/** What can be read. Everything belongs to the workspace of the token that asks. */
export type QueryGroupsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<GroupFilter>;
  first: InputMaybe<Scalars['Int']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<GroupOrder>;
};


/** What can be read. Everything belongs to the workspace of the token that asks. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Everything belongs to the workspace of the token that asks. */
export type QueryNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};

/** Requests are counted for a workspace over all its tokens, GraphQL and REST together. */
export type RateLimit = {
  /** Requests allowed in a window. */
  limit: Scalars['Int']['output'];
  /** Requests left in the window, after this one. */
  remaining: Scalars['Int']['output'];
  /** When the window ends and the count starts anew. */
  resetAt: Scalars['DateTime']['output'];
};

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
  archived?: InputMaybe<Scalars['Boolean']['input']>;
  /** Comes back in the payload. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Its new group. */
  group?: InputMaybe<GroupReference>;
  /** Its new name: 1 to 64 characters after white space around it is trimmed; no `"` and no `\`. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Which campaign. */
  uuid: Scalars['UUID']['input'];
};

/** What became of updateCampaign. */
export type UpdateCampaignPayload = {
  /** The campaign as it is now; null when there are user errors, and then nothing has changed. */
  campaign: Maybe<Campaign>;
  /** As given in the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** What is wrong with the input, for all its fields at once; empty when it went well. */
  userErrors: Array<UserError>;
};

/** A group's new name. */
export type UpdateGroupInput = {
  /** Comes back in the payload. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 64 characters after white space around it is trimmed; no `"` and no `\`. */
  name: Scalars['String']['input'];
  /** Which group. */
  uuid: Scalars['UUID']['input'];
};

/** What became of updateGroup. */
export type UpdateGroupPayload = {
  /** As given in the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** The group as it is now; null when there are user errors, and then nothing has changed. */
  group: Maybe<Group>;
  /** What is wrong with the input; empty when it went well. */
  userErrors: Array<UserError>;
};

/** A person who works in a workspace. */
export type User = {
  /** The user's e-mail address. */
  email: Scalars['String']['output'];
};

/** Something that the person who filled in the input can put right. */
export type UserError = {
  /** With INVALID_CHARACTER: the character that is not allowed, or `U+0000` and the like where it cannot be shown. */
  character: Maybe<Scalars['String']['output']>;
  /** What is wrong, for programs. */
  code: UserErrorCode;
  /** The path to the input field that is wrong, from within `input`: `["name"]`. Null when it is no single field. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** What is wrong and what would be right, for people. */
  message: Scalars['String']['output'];
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

/** Who is asking, as the token says. */
export type Viewer = {
  /** What is left of the workspace's rate limit; null when the server has none. */
  rateLimit: Maybe<RateLimit>;
  /** What the user may do in the workspace. */
  role: Role;
  /** The user whose token it is. */
  user: User;
  /** The workspace that the token is for. */
  workspace: Workspace;
};

/** A separate world of groups and campaigns. Nothing of one workspace is ever seen from another. */
export type Workspace = {
  /** The workspace's name. */
  name: Scalars['String']['output'];
  /** The workspace's public identity. */
  uuid: Scalars['UUID']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;




/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( CampaignModel )
    | ( GroupModel )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Campaign: ResolverTypeWrapper<CampaignModel>;
  CampaignConnection: ResolverTypeWrapper<AnyConnection>;
  CampaignEdge: ResolverTypeWrapper<Omit<CampaignEdge, 'node'> & { node: ResolversTypes['Campaign'] }>;
  CampaignFilter: CampaignFilter;
  CampaignOrder: CampaignOrder;
  CampaignOrderField: CampaignOrderField;
  CreateCampaignInput: CreateCampaignInput;
  CreateCampaignPayload: ResolverTypeWrapper<Omit<CreateCampaignPayload, 'campaign' | 'userErrors'> & { campaign?: Maybe<ResolversTypes['Campaign']>, userErrors: Array<ResolversTypes['UserError']> }>;
  CreateGroupInput: CreateGroupInput;
  CreateGroupPayload: ResolverTypeWrapper<Omit<CreateGroupPayload, 'group' | 'userErrors'> & { group?: Maybe<ResolversTypes['Group']>, userErrors: Array<ResolversTypes['UserError']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteCampaignInput: DeleteCampaignInput;
  DeleteCampaignPayload: ResolverTypeWrapper<Omit<DeleteCampaignPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  DeleteGroupInput: DeleteGroupInput;
  DeleteGroupPayload: ResolverTypeWrapper<Omit<DeleteGroupPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  Group: ResolverTypeWrapper<GroupModel>;
  GroupConnection: ResolverTypeWrapper<AnyConnection>;
  GroupEdge: ResolverTypeWrapper<Omit<GroupEdge, 'node'> & { node: ResolversTypes['Group'] }>;
  GroupFilter: GroupFilter;
  GroupKind: GroupKind;
  GroupOrder: GroupOrder;
  GroupOrderField: GroupOrderField;
  GroupReference: GroupReference;
  GroupStatus: GroupStatus;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  OrderDirection: OrderDirection;
  PageInfo: ResolverTypeWrapper<PageFacts>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RateLimit: ResolverTypeWrapper<RateLimit>;
  Role: Role;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  UUID: ResolverTypeWrapper<Scalars['UUID']['output']>;
  UpdateCampaignInput: UpdateCampaignInput;
  UpdateCampaignPayload: ResolverTypeWrapper<Omit<UpdateCampaignPayload, 'campaign' | 'userErrors'> & { campaign?: Maybe<ResolversTypes['Campaign']>, userErrors: Array<ResolversTypes['UserError']> }>;
  UpdateGroupInput: UpdateGroupInput;
  UpdateGroupPayload: ResolverTypeWrapper<Omit<UpdateGroupPayload, 'group' | 'userErrors'> & { group?: Maybe<ResolversTypes['Group']>, userErrors: Array<ResolversTypes['UserError']> }>;
  User: ResolverTypeWrapper<User>;
  UserError: ResolverTypeWrapper<UserErrorModel>;
  UserErrorCode: UserErrorCode;
  Viewer: ResolverTypeWrapper<Identity>;
  Workspace: ResolverTypeWrapper<Workspace>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Boolean: Scalars['Boolean']['output'];
  Campaign: CampaignModel;
  CampaignConnection: AnyConnection;
  CampaignEdge: Omit<CampaignEdge, 'node'> & { node: ResolversParentTypes['Campaign'] };
  CampaignFilter: CampaignFilter;
  CampaignOrder: CampaignOrder;
  CreateCampaignInput: CreateCampaignInput;
  CreateCampaignPayload: Omit<CreateCampaignPayload, 'campaign' | 'userErrors'> & { campaign?: Maybe<ResolversParentTypes['Campaign']>, userErrors: Array<ResolversParentTypes['UserError']> };
  CreateGroupInput: CreateGroupInput;
  CreateGroupPayload: Omit<CreateGroupPayload, 'group' | 'userErrors'> & { group?: Maybe<ResolversParentTypes['Group']>, userErrors: Array<ResolversParentTypes['UserError']> };
  DateTime: Scalars['DateTime']['output'];
  DeleteCampaignInput: DeleteCampaignInput;
  DeleteCampaignPayload: Omit<DeleteCampaignPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  DeleteGroupInput: DeleteGroupInput;
  DeleteGroupPayload: Omit<DeleteGroupPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  Group: GroupModel;
  GroupConnection: AnyConnection;
  GroupEdge: Omit<GroupEdge, 'node'> & { node: ResolversParentTypes['Group'] };
  GroupFilter: GroupFilter;
  GroupOrder: GroupOrder;
  GroupReference: GroupReference;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageFacts;
  Query: Record<PropertyKey, never>;
  RateLimit: RateLimit;
  String: Scalars['String']['output'];
  UUID: Scalars['UUID']['output'];
  UpdateCampaignInput: UpdateCampaignInput;
  UpdateCampaignPayload: Omit<UpdateCampaignPayload, 'campaign' | 'userErrors'> & { campaign?: Maybe<ResolversParentTypes['Campaign']>, userErrors: Array<ResolversParentTypes['UserError']> };
  UpdateGroupInput: UpdateGroupInput;
  UpdateGroupPayload: Omit<UpdateGroupPayload, 'group' | 'userErrors'> & { group?: Maybe<ResolversParentTypes['Group']>, userErrors: Array<ResolversParentTypes['UserError']> };
  User: User;
  UserError: UserErrorModel;
  Viewer: Identity;
  Workspace: Workspace;
};

export type CampaignResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Campaign'] = ResolversParentTypes['Campaign']> = {
  archived?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  createdOn?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  group?: Resolver<ResolversTypes['Group'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  modifiedOn?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  uuid?: Resolver<ResolversTypes['UUID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CampaignConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CampaignConnection'] = ResolversParentTypes['CampaignConnection']> = {
  edges?: Resolver<Array<ResolversTypes['CampaignEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Campaign']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CampaignEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CampaignEdge'] = ResolversParentTypes['CampaignEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Campaign'], ParentType, ContextType>;
};

export type CreateCampaignPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateCampaignPayload'] = ResolversParentTypes['CreateCampaignPayload']> = {
  campaign?: Resolver<Maybe<ResolversTypes['Campaign']>, ParentType, ContextType>;
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateGroupPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateGroupPayload'] = ResolversParentTypes['CreateGroupPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteCampaignPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteCampaignPayload'] = ResolversParentTypes['DeleteCampaignPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deletedCampaignId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteGroupPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteGroupPayload'] = ResolversParentTypes['DeleteGroupPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deletedGroupId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type GroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Group'] = ResolversParentTypes['Group']> = {
  campaigns?: Resolver<ResolversTypes['CampaignConnection'], ParentType, ContextType, RequireFields<GroupCampaignsArgs, 'orderBy'>>;
  contactCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdOn?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  query?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['GroupStatus'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  uuid?: Resolver<ResolversTypes['UUID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GroupConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroupConnection'] = ResolversParentTypes['GroupConnection']> = {
  edges?: Resolver<Array<ResolversTypes['GroupEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Group']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type GroupEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroupEdge'] = ResolversParentTypes['GroupEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Group'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createCampaign?: Resolver<Maybe<ResolversTypes['CreateCampaignPayload']>, ParentType, ContextType, RequireFields<MutationCreateCampaignArgs, 'input'>>;
  createGroup?: Resolver<Maybe<ResolversTypes['CreateGroupPayload']>, ParentType, ContextType, RequireFields<MutationCreateGroupArgs, 'input'>>;
  deleteCampaign?: Resolver<Maybe<ResolversTypes['DeleteCampaignPayload']>, ParentType, ContextType, RequireFields<MutationDeleteCampaignArgs, 'input'>>;
  deleteGroup?: Resolver<Maybe<ResolversTypes['DeleteGroupPayload']>, ParentType, ContextType, RequireFields<MutationDeleteGroupArgs, 'input'>>;
  updateCampaign?: Resolver<Maybe<ResolversTypes['UpdateCampaignPayload']>, ParentType, ContextType, RequireFields<MutationUpdateCampaignArgs, 'input'>>;
  updateGroup?: Resolver<Maybe<ResolversTypes['UpdateGroupPayload']>, ParentType, ContextType, RequireFields<MutationUpdateGroupArgs, 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Campaign' | 'Group', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  campaign?: Resolver<Maybe<ResolversTypes['Campaign']>, ParentType, ContextType, RequireFields<QueryCampaignArgs, 'uuid'>>;
  campaignErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType, Partial<QueryCampaignErrorsArgs>>;
  campaigns?: Resolver<ResolversTypes['CampaignConnection'], ParentType, ContextType, RequireFields<QueryCampaignsArgs, 'orderBy'>>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType, RequireFields<QueryGroupArgs, 'by'>>;
  groups?: Resolver<ResolversTypes['GroupConnection'], ParentType, ContextType, RequireFields<QueryGroupsArgs, 'orderBy'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  viewer?: Resolver<ResolversTypes['Viewer'], ParentType, ContextType>;
};

export type RateLimitResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateLimit'] = ResolversParentTypes['RateLimit']> = {
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  remaining?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  resetAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export interface UuidScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['UUID'], any> {
  name: 'UUID';
}

export type UpdateCampaignPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateCampaignPayload'] = ResolversParentTypes['UpdateCampaignPayload']> = {
  campaign?: Resolver<Maybe<ResolversTypes['Campaign']>, ParentType, ContextType>;
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateGroupPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateGroupPayload'] = ResolversParentTypes['UpdateGroupPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  character?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  rateLimit?: Resolver<Maybe<ResolversTypes['RateLimit']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  workspace?: Resolver<ResolversTypes['Workspace'], ParentType, ContextType>;
};

export type WorkspaceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Workspace'] = ResolversParentTypes['Workspace']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  uuid?: Resolver<ResolversTypes['UUID'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Campaign?: CampaignResolvers<ContextType>;
  CampaignConnection?: CampaignConnectionResolvers<ContextType>;
  CampaignEdge?: CampaignEdgeResolvers<ContextType>;
  CreateCampaignPayload?: CreateCampaignPayloadResolvers<ContextType>;
  CreateGroupPayload?: CreateGroupPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteCampaignPayload?: DeleteCampaignPayloadResolvers<ContextType>;
  DeleteGroupPayload?: DeleteGroupPayloadResolvers<ContextType>;
  Group?: GroupResolvers<ContextType>;
  GroupConnection?: GroupConnectionResolvers<ContextType>;
  GroupEdge?: GroupEdgeResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RateLimit?: RateLimitResolvers<ContextType>;
  UUID?: GraphQLScalarType;
  UpdateCampaignPayload?: UpdateCampaignPayloadResolvers<ContextType>;
  UpdateGroupPayload?: UpdateGroupPayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  Workspace?: WorkspaceResolvers<ContextType>;
};

