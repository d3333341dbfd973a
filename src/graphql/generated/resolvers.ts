import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ApiToken as ApiTokenModel } from '../../model/api-token.ts';
import type { AnyConnection, PageFacts } from '../connection.ts';
import type { Campaign as CampaignModel } from '../../model/campaign.ts';
import type { Change as ChangeModel } from '../../model/change.ts';
import type { GroupSummary as GroupModel } from '../../model/group.ts';
import type { Member as MemberModel } from '../../model/member.ts';
import type { Listed } from '../../model/list.ts';
import type { Identity, OwnWorkspace } from '../../access/identity.ts';
import type { Upstream as UpstreamModel } from '../../model/upstream.ts';
import type { Webhook as WebhookModel } from '../../model/webhook.ts';
import type { ImportPlan, PlannedRow } from '../../model/campaign-import.ts';
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
   * A time in UTC, in the format of RFC 3339: `2013-08-19T19:11:21.088Z`.
   * There are six digits after the point if the microseconds are not zero.
   *
   * As input, every ISO 8601 form is accepted, from a year (`2024`) to microseconds and an offset
   * (`2024-05-30T16:10:47.125854+03:00`). Without an offset the time is UTC. Parts that are left out are zero.
   */
  DateTime: { input: number; output: number; }
  /** Any JSON value. */
  JSON: { input: unknown; output: unknown; }
  /**
   * A UUID in lower case with hyphens: `089de107-5553-4c07-ab00-092b7869dae1`.
   * As input, upper case is accepted too, and the hyphens can be left out.
   */
  UUID: { input: string; output: string; }
};

/** A token with which a member uses the API or the console. Its key is nowhere here: the server does not keep it. */
export type ApiToken = Node & {
  /** When the token was made. */
  createdOn: Scalars['DateTime']['output'];
  /** From this time on the token is refused. Null if it does not expire. */
  expiresOn: Maybe<Scalars['DateTime']['output']>;
  /** Global id: pass it to `node` or `nodes`, and use it as the key in a client cache. Do not show it to people. */
  id: Scalars['ID']['output'];
  /** The start of the day, in UTC, on which the token was last used. Null if it has not been used. It can be a minute late. */
  lastUsedOn: Maybe<Scalars['DateTime']['output']>;
  /** The most that the token allows, whatever its member may do. Null: as much as the member's role allows. */
  maxRole: Maybe<Role>;
  /** Its member. Null if the person is not a member any more: then the token allows nothing. */
  member: Maybe<Member>;
  /** What its member calls it. Several tokens can have the same name. */
  name: Scalars['String']['output'];
  /** The e-mail address of its member. */
  owner: Scalars['String']['output'];
  /** The revision of the change that made the token. 0 if the token is older than the record of such changes. */
  revision: Scalars['Int']['output'];
  /** What the token allows: as much as the role of its member, and no more than `maxRole`. */
  role: Role;
  /** The token's UUID. The mutations use it. */
  uuid: Scalars['UUID']['output'];
};

/** One page of a list of tokens. */
export type ApiTokenConnection = {
  /**
   * A cursor of `changes`, from before this page was read. Read all pages, then `changes` after the cursor of the first page:
   * together they miss nothing.
   */
  changesCursor: Scalars['String']['output'];
  /** The tokens of the page, each with its cursor. */
  edges: Array<ApiTokenEdge>;
  /** The tokens of the page without their cursors. This is enough to page with `pageInfo`. */
  nodes: Array<ApiToken>;
  /** Whether there are pages before and after this one, and the cursors to reach them. */
  pageInfo: PageInfo;
  /** The number of tokens on all pages together. The server counts only if you select this field. */
  totalCount: Scalars['Int']['output'];
};

/** A token in a list, with its cursor. */
export type ApiTokenEdge = {
  /** The token's position in the list. Pass it as `after` or `before`, with the same `orderBy`. Do not parse it. */
  cursor: Scalars['String']['output'];
  /** The token. */
  node: ApiToken;
};

/** Conditions for a list of tokens. A token is listed if it meets all of them. */
export type ApiTokenFilter = {
  /** Only the tokens of the member with this UUID. */
  member?: InputMaybe<Scalars['UUID']['input']>;
  /** Only tokens with one of these UUIDs. At most 100 UUIDs. Unknown UUIDs are ignored. */
  uuids?: InputMaybe<Array<Scalars['UUID']['input']>>;
};

/** The order of a list of tokens. */
export type ApiTokenOrder = {
  /** Ascending or descending. */
  direction?: OrderDirection;
  /** What to order by. */
  field: ApiTokenOrderField;
};

/** What a list of tokens can be ordered by. */
export type ApiTokenOrderField =
  /** By the time of creation. */
  | 'CREATED';

/** A named programme of messages that is run against one contact group. */
export type Campaign = Node & {
  /** Whether the campaign is archived. An archived campaign can be read and restored. It cannot be changed otherwise. */
  archived: Scalars['Boolean']['output'];
  /** When the campaign was created. */
  createdOn: Scalars['DateTime']['output'];
  /** The group of contacts that the campaign is run against. */
  group: Group;
  /** The changes of the campaign, newest first, as long as they are kept. */
  history: ChangeConnection;
  /** Global id: pass it to `node` or `nodes`, and use it as the key in a client cache. Do not show it to people. */
  id: Scalars['ID']['output'];
  /** When `name`, `group` or `archived` last changed. Equal to `createdOn` if nothing has changed. */
  modifiedOn: Scalars['DateTime']['output'];
  /**
   * 1 to 64 characters, or another length in a mirror of a live account that has such names. No two campaigns of a workspace have
   * the same name, archived ones included. Case is ignored.
   */
  name: Scalars['String']['output'];
  /**
   * The revision of the campaign's last change. Pass it as `expectedRevision` of a mutation, which is then refused if somebody
   * else was faster. 0 if the campaign has not changed since the server records changes.
   */
  revision: Scalars['Int']['output'];
  /** The campaign's UUID. REST v2 uses the same one, and so do `campaign(uuid)` and the mutations. */
  uuid: Scalars['UUID']['output'];
};


/** A named programme of messages that is run against one contact group. */
export type CampaignHistoryArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  first: InputMaybe<Scalars['Int']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
};

/** New values for a campaign. A field that is left out or null does not change. */
export type CampaignChanges = {
  /** `true` archives the campaign, `false` restores it. */
  archived?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * The `revision` of the campaign that you have seen. If the campaign has changed since, the mutation is refused with `CONFLICT`,
   * and the error's `current` is the campaign as it is now. Without it the last writer wins.
   */
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** The new group. */
  group?: InputMaybe<GroupReference>;
  /** The new name: 1 to 64 characters, not counting white space at both ends, which is removed. `"`, `\`, U+0000 and lone surrogates are not allowed. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The UUID of the campaign to change. */
  uuid: Scalars['UUID']['input'];
};

/** One page of a list of campaigns. */
export type CampaignConnection = {
  /**
   * A cursor of `changes`, from before this page was read. Read all pages, then `changes` after the cursor of the first page:
   * together they miss nothing.
   */
  changesCursor: Scalars['String']['output'];
  /** The campaigns of the page, each with its cursor. */
  edges: Array<CampaignEdge>;
  /** The campaigns of the page without their cursors. This is enough to page with `pageInfo`. */
  nodes: Array<Campaign>;
  /** Whether there are pages before and after this one, and the cursors to reach them. */
  pageInfo: PageInfo;
  /** The number of campaigns on all pages together. The server counts only if you select this field. */
  totalCount: Scalars['Int']['output'];
};

/** A campaign in a list, with its cursor. */
export type CampaignEdge = {
  /** The campaign's position in the list. Pass it as `after` or `before`, with the same `orderBy`. Do not parse it. */
  cursor: Scalars['String']['output'];
  /** The campaign. */
  node: Campaign;
};

/** Conditions for a list of campaigns. A campaign is listed if it meets all of them. */
export type CampaignFilter = {
  /** `false` (the default): campaigns that are not archived. `true`: archived campaigns. `null`: both. */
  archived?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only campaigns created at this time or after it. */
  createdAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only campaigns created at this time or before it. */
  createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only campaigns of this group. The list is empty if the group does not exist. */
  group?: InputMaybe<GroupReference>;
  /**
   * Only campaigns that have each of these words in their name or in the name of their group. Words are separated by white
   * space, may be in any order, and may be parts of words. Case and accents are ignored: `elevage` finds `Élevage`. At most
   * 32 words. Blank text finds all campaigns.
   */
  search?: InputMaybe<Scalars['String']['input']>;
  /** Only campaigns with one of these UUIDs. At most 100 UUIDs. Unknown UUIDs are ignored. */
  uuids?: InputMaybe<Array<Scalars['UUID']['input']>>;
};

/** What an import does, or would do. */
export type CampaignImport = {
  /** How many campaigns get other values. */
  changed: Scalars['Int']['output'];
  /** How many campaigns are new. */
  created: Scalars['Int']['output'];
  /** A text that stands for all of this. Pass it as `plan` of `importCampaigns`, which then does what you have seen here, or nothing. */
  plan: Scalars['String']['output'];
  /** How many rows are refused. If there is any, nothing is imported. */
  refused: Scalars['Int']['output'];
  /** What becomes of each row, in their order. */
  rows: Array<PlannedCampaign>;
  /** How many campaigns have the values of their rows already. */
  unchanged: Scalars['Int']['output'];
};

/** What an import does with a row. */
export type CampaignImportAction =
  /** The campaign gets other values. */
  | 'CHANGE'
  /** The campaign is created. */
  | 'CREATE'
  /** The campaign has these values already. */
  | 'KEEP'
  /** The row breaks a rule. */
  | 'REFUSE';

/**
 * A row of a table of campaigns, whose cells are texts as people type them. A row with a `uuid` is for the campaign with this UUID:
 * its cells are the campaign's new values, and a cell that is left out or null changes nothing. Every other row is a new campaign.
 */
export type CampaignImportRow = {
  /**
   * Whether the campaign is archived: `yes` or `no`. `true`, `false`, `1` and `0` are taken as well, and what spreadsheets make of
   * `TRUE` and `FALSE` in French, Spanish and Portuguese. Case is ignored. Empty text is the same as null; a new campaign is then
   * not archived.
   */
  archived?: InputMaybe<Scalars['String']['input']>;
  /** The UUID or the name of the campaign's group. A new campaign needs one. Empty text is the same as null. */
  group?: InputMaybe<Scalars['String']['input']>;
  /** The campaign's name. A new campaign needs one. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The UUID of a campaign. Empty text is the same as null. */
  uuid?: InputMaybe<Scalars['String']['input']>;
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
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** The UUID of the campaign to delete. */
  uuid: Scalars['UUID']['input'];
};

/** A change of a campaign, a group, a member or a token. It is recorded with the change itself, so that there is none without the other. */
export type Change = Node & {
  /** What was done. */
  action: ChangeAction;
  /**
   * Who did it. Null if it was a command of the server's operator, which needs no token, or if it was made in the account that the
   * workspace is a mirror of, which does not say who it was.
   */
  actor: Maybe<ChangeActor>;
  /** When it was made. */
  at: Scalars['DateTime']['output'];
  /** With `DELETED`: the global id of the object, so that you can remove it from a client cache. Otherwise null. */
  deletedId: Maybe<Scalars['ID']['output']>;
  /**
   * The fields that have changed. A new object and a deleted one have all fields here whose value is not null. Of a token that is
   * not yours there are none unless you are an administrator.
   */
  fields: Array<ChangedField>;
  /** Global id: pass it to `node` or `nodes`, and use it as the key in a client cache. Do not show it to people. */
  id: Scalars['ID']['output'];
  /** What it was asked for through. */
  origin: ChangeOrigin;
  /** The number of the change. The changes of a workspace are numbered in their order, without gaps. */
  revision: Scalars['Int']['output'];
  /**
   * The object that has changed, as it is now and not as it was then, so that a client cache takes it over. Null if it is gone.
   * A token that is not yours is null unless you are an administrator.
   */
  subject: Maybe<ChangeSubject>;
  /** The type of the object that has changed. */
  subjectType: ChangeSubjectType;
  /** The UUID of the object that has changed. */
  subjectUuid: Scalars['UUID']['output'];
  /** The change's own UUID. No other change has it. */
  uuid: Scalars['UUID']['output'];
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

/** Who has made a change. */
export type ChangeActor = {
  /** The user's e-mail address. */
  email: Scalars['String']['output'];
  /** The name of the token that was used. */
  token: Scalars['String']['output'];
};

/** Changes that a stream sends together. */
export type ChangeBatch = {
  /** The changes, oldest first. It is empty when there is nothing new, so that you know that the stream is alive. */
  changes: Array<Change>;
  /** The position of the stream after this batch. Pass it as `after` to go on from here. */
  cursor: Scalars['String']['output'];
  /** Whether there were no more changes when the batch was read. If not, the next batch comes at once. */
  upToDate: Scalars['Boolean']['output'];
};

/** One page of a list of changes. */
export type ChangeConnection = {
  /** The changes of the page, each with its cursor. */
  edges: Array<ChangeEdge>;
  /** The changes of the page without their cursors. This is enough to page with `pageInfo`. */
  nodes: Array<Change>;
  /** Whether there are pages before and after this one, and the cursors to reach them. */
  pageInfo: PageInfo;
  /** The number of changes on all pages together. The server counts only if you select this field. */
  totalCount: Scalars['Int']['output'];
};

/** A change in a list, with its cursor. */
export type ChangeEdge = {
  /** The change's position in the list. Pass it as `after` or `before`. Do not parse it. */
  cursor: Scalars['String']['output'];
  /** The change. */
  node: Change;
};

/** Conditions for a list of changes. A change is listed if it meets all of them. */
export type ChangeFilter = {
  /** Only changes that do one of these things. */
  actions?: InputMaybe<Array<ChangeAction>>;
  /** Only changes by the users with one of these e-mail addresses, written as `actor` has them. At most 20. */
  actors?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only changes made at this time or after it. */
  madeAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only changes made at this time or before it. */
  madeBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only changes of objects of these types. */
  types?: InputMaybe<Array<ChangeSubjectType>>;
  /** Only changes of the objects with one of these UUIDs. At most 100 UUIDs. */
  uuids?: InputMaybe<Array<Scalars['UUID']['input']>>;
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

/** An object whose changes are recorded. */
export type ChangeSubject = ApiToken | Campaign | Group | Member;

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

/** A field that a change has given another value. */
export type ChangedField = {
  /** The value after the change, in the same form. Null if there is none. */
  after: Maybe<Scalars['JSON']['output']>;
  /**
   * The value before the change. Null if there was none. A group is an object with the `uuid` and the `name` that it had then. A
   * status and a role are in lower case.
   */
  before: Maybe<Scalars['JSON']['output']>;
  /**
   * The name of the field: `name`, `group` or `archived` of a campaign; `name`, `query`, `status`, `system` or `contactCount` of a
   * group; `email` or `role` of a member; `name`, `owner` (the e-mail address of its member), `maxRole` or
   * `expiresOn` of a token.
   */
  name: Scalars['String']['output'];
};

/** Where a stream of changes can begin. */
export type ChangesStart =
  /** With the next change. */
  | 'NOW'
  /** With the oldest change that is kept. */
  | 'OLDEST';

/** Input of createApiToken. */
export type CreateApiTokenInput = {
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** From when on the token is refused. Left out or null: when the token with which you ask is, if it ever is. */
  expiresOn?: InputMaybe<Scalars['DateTime']['input']>;
  /** The most that the token allows. Left out or null: no limit of its own, or that of the token with which you ask, if it has one. */
  maxRole?: InputMaybe<Role>;
  /** The UUID of the member that the token is for. Left out or null: you. */
  member?: InputMaybe<Scalars['UUID']['input']>;
  /** What the token is for: 1 to 64 characters, not counting white space at both ends, which is removed. `"`, `\`, U+0000 and lone surrogates are not allowed. */
  name: Scalars['String']['input'];
};

/** Payload of createApiToken. */
export type CreateApiTokenPayload = {
  /** The new token. Null if there are user errors. */
  apiToken: Maybe<ApiToken>;
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /**
   * The token's key, which is its holder's password. Hand it on, or keep it: it is not shown again. Null if there are user errors, and
   * if a request is repeated with its Idempotency-Key, because the server does not keep the key.
   */
  key: Maybe<Scalars['String']['output']>;
  /** What is wrong with the input. Empty if the token was made. */
  userErrors: Array<UserError>;
};

/** Input of createCampaign. */
export type CreateCampaignInput = {
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The group to run the campaign against. Any group of the workspace, smart and system groups included. */
  group: GroupReference;
  /** 1 to 64 characters, not counting white space at both ends, which is removed. `"`, `\`, U+0000 and lone surrogates are not allowed. */
  name: Scalars['String']['input'];
};

/** Payload of createCampaign. */
export type CreateCampaignPayload = {
  /** The new campaign. Null if there are user errors. */
  campaign: Maybe<Campaign>;
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** What is wrong with the input, for all fields at once. Empty if the campaign was created. */
  userErrors: Array<UserError>;
};

/** Input of createCampaigns. */
export type CreateCampaignsInput = {
  /** At most 250 campaigns. They are created in this order, so that the last one is the newest. */
  campaigns: Array<NewCampaign>;
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
};

/** Payload of createCampaigns. */
export type CreateCampaignsPayload = {
  /** The new campaigns, in the order of the input. Null if there are user errors: then nothing has been created. */
  campaigns: Maybe<Array<Campaign>>;
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /**
   * What is wrong with the input, for all campaigns and all their fields at once. Empty if the campaigns were created. If two
   * campaigns of the input have the same name, the second one is `TAKEN`.
   */
  userErrors: Array<UserError>;
};

/** Input of createGroup. */
export type CreateGroupInput = {
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 64 characters, not counting white space at both ends, which is removed. `"`, `\`, U+0000 and lone surrogates are not allowed. */
  name: Scalars['String']['input'];
};

/** Payload of createGroup. */
export type CreateGroupPayload = {
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** The new group. Null if there are user errors. */
  group: Maybe<Group>;
  /** What is wrong with the input. Empty if the group was created. */
  userErrors: Array<UserError>;
};

/** Input of createWebhook. */
export type CreateWebhookInput = {
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 64 characters, not counting white space at both ends, which is removed. `"`, `\`, U+0000 and lone surrogates are not allowed. */
  name: Scalars['String']['input'];
  /** The address: `https://`, without a user, a password and a fragment, at most 2048 characters. */
  url: Scalars['String']['input'];
};

/** Payload of createWebhook. */
export type CreateWebhookPayload = {
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** The secret with which deliveries are signed. Keep it: it is not shown again. Null if there are user errors. */
  secret: Maybe<Scalars['String']['output']>;
  /** What is wrong with the input. Empty if the webhook was created. */
  userErrors: Array<UserError>;
  /** The new webhook. Null if there are user errors. */
  webhook: Maybe<Webhook>;
};

/** Input of deleteCampaign. */
export type DeleteCampaignInput = {
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /**
   * The `revision` of the campaign that you have seen. If the campaign has changed since, the mutation is refused with `CONFLICT`.
   * Without it the last writer wins. In front of a live account it guards only against the changes that this server knows of: the
   * account cannot compare revisions, so that among writers elsewhere the last one wins.
   */
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** The UUID of the campaign to delete. */
  uuid: Scalars['UUID']['input'];
};

/** Payload of deleteCampaign. */
export type DeleteCampaignPayload = {
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** The global id of the deleted campaign, so that you can remove it from a client cache. Null if there are user errors. */
  deletedCampaignId: Maybe<Scalars['ID']['output']>;
  /** Why the campaign was not deleted. Empty if it was deleted. */
  userErrors: Array<UserError>;
};

/** Input of deleteCampaigns. */
export type DeleteCampaignsInput = {
  /** At most 250 campaigns. Each campaign may come once. */
  campaigns: Array<CampaignToDelete>;
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
};

/** Payload of deleteCampaigns. */
export type DeleteCampaignsPayload = {
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /**
   * The global ids of the deleted campaigns, in the order of the input, so that you can remove them from a client cache. Null if
   * there are user errors: then nothing has been deleted.
   */
  deletedCampaignIds: Maybe<Array<Scalars['ID']['output']>>;
  /** Why campaigns were not deleted. Empty if they were deleted. */
  userErrors: Array<UserError>;
};

/** Input of deleteGroup. */
export type DeleteGroupInput = {
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /**
   * The `revision` of the group that you have seen. If the group has changed since, the mutation is refused with `CONFLICT`.
   * Without it the last writer wins. In front of a live account it guards only against the changes that this server knows of: the
   * account cannot compare revisions, so that among writers elsewhere the last one wins.
   */
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** The UUID of the group to delete. */
  uuid: Scalars['UUID']['input'];
};

/** Payload of deleteGroup. */
export type DeleteGroupPayload = {
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** The global id of the deleted group, so that you can remove it from a client cache. Null if there are user errors. */
  deletedGroupId: Maybe<Scalars['ID']['output']>;
  /** Why the group was not deleted. Empty if it was deleted. */
  userErrors: Array<UserError>;
};

/** Input of deleteWebhook. */
export type DeleteWebhookInput = {
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /**
   * The `revision` of the webhook that you have seen. If the webhook has changed since, the mutation is refused with `CONFLICT`.
   * Without it the last writer wins.
   */
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** The UUID of the webhook to delete. */
  uuid: Scalars['UUID']['input'];
};

/** Payload of deleteWebhook. */
export type DeleteWebhookPayload = {
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** The webhook as it was. Null if there are user errors. */
  deletedWebhook: Maybe<Webhook>;
  /** Why the webhook was not deleted. Empty if it was deleted. */
  userErrors: Array<UserError>;
};

/** A set of contacts that campaigns are run against. */
export type Group = Node & {
  /** The campaigns of the group. By default newest first, without archived campaigns. */
  campaigns: CampaignConnection;
  /** The number of contacts in the group. */
  contactCount: Scalars['Int']['output'];
  /** When the group was created. */
  createdOn: Scalars['DateTime']['output'];
  /** The changes of the group, newest first, as long as they are kept. */
  history: ChangeConnection;
  /** Global id: pass it to `node` or `nodes`, and use it as the key in a client cache. Do not show it to people. */
  id: Scalars['ID']['output'];
  /**
   * 1 to 64 characters, or another length in a mirror of a live account that has such names. No two groups of a workspace have the
   * same name. Case is ignored, and so is how accents are encoded.
   */
  name: Scalars['String']['output'];
  /** The search that finds the contacts of a smart group. Null for a manual group. */
  query: Maybe<Scalars['String']['output']>;
  /**
   * The revision of the group's last change. Pass it as `expectedRevision` of a mutation, which is then refused if somebody
   * else was faster. 0 if the group has not changed since the server records changes.
   */
  revision: Scalars['Int']['output'];
  /** Whether the contacts of the group are known yet. */
  status: GroupStatus;
  /** Whether the group was created together with the workspace. Such a group cannot be renamed or deleted. */
  system: Scalars['Boolean']['output'];
  /** The group's UUID. REST v2 uses the same one, and so do `group(by)` and the mutations. */
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


/** A set of contacts that campaigns are run against. */
export type GroupHistoryArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  first: InputMaybe<Scalars['Int']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
};

/** One page of a list of groups. */
export type GroupConnection = {
  /**
   * A cursor of `changes`, from before this page was read. Read all pages, then `changes` after the cursor of the first page:
   * together they miss nothing.
   */
  changesCursor: Scalars['String']['output'];
  /** The groups of the page, each with its cursor. */
  edges: Array<GroupEdge>;
  /** The groups of the page without their cursors. This is enough to page with `pageInfo`. */
  nodes: Array<Group>;
  /** Whether there are pages before and after this one, and the cursors to reach them. */
  pageInfo: PageInfo;
  /** The number of groups on all pages together. The server counts only if you select this field. */
  totalCount: Scalars['Int']['output'];
};

/** A group in a list, with its cursor. */
export type GroupEdge = {
  /** The group's position in the list. Pass it as `after` or `before`, with the same `orderBy`. Do not parse it. */
  cursor: Scalars['String']['output'];
  /** The group. */
  node: Group;
};

/** Conditions for a list of groups. A group is listed if it meets all of them. */
export type GroupFilter = {
  /** Only groups of this kind. */
  kind?: InputMaybe<GroupKind>;
  /** Only the group that has exactly this name. Case is ignored. */
  name?: InputMaybe<Scalars['String']['input']>;
  /**
   * Only groups that have each of these words in their name. Words are separated by white space, may be in any order, and
   * may be parts of words. Case and accents are ignored: `eleves` finds `Élèves`. At most 32 words. Blank text finds all
   * groups.
   */
  search?: InputMaybe<Scalars['String']['input']>;
  /** Only groups that have one of these statuses. */
  statuses?: InputMaybe<Array<GroupStatus>>;
  /** Only groups with one of these UUIDs. At most 100 UUIDs. Unknown UUIDs are ignored. */
  uuids?: InputMaybe<Array<Scalars['UUID']['input']>>;
};

/** How a group gets its contacts. */
export type GroupKind =
  /** People add and remove the contacts. */
  | 'MANUAL'
  /** The group has a query that finds the contacts. */
  | 'SMART';

/** The order of a list of groups. */
export type GroupOrder = {
  /** Ascending or descending. */
  direction?: OrderDirection;
  /** What to order by. */
  field: GroupOrderField;
};

/** What a list of groups can be ordered by. */
export type GroupOrderField =
  /** By the time of creation. Groups created at the same time are ordered as they were added. */
  | 'CREATED'
  /** By name. Case is ignored, and characters are compared by their Unicode code points. */
  | 'NAME';

/**
 * Names one group. Give exactly one of the fields.
 * Case is ignored when names are compared, but white space counts.
 */
export type GroupReference =
  /** The name of the group. */
  { name: Scalars['String']['input']; uuid?: never; uuidOrName?: never; }
  |  /** The UUID of the group. */
  { name?: never; uuid: Scalars['UUID']['input']; uuidOrName?: never; }
  |  /** The UUID of the group in any spelling. If no group has this UUID, the name of the group. */
  { name?: never; uuid?: never; uuidOrName: Scalars['String']['input']; };

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

/** Input of importCampaigns. */
export type ImportCampaignsInput = {
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /**
   * The `plan` of a `campaignImport` with the same rows. If the import would do anything else than was planned there, because
   * somebody has changed something since, nothing is imported.
   */
  plan?: InputMaybe<Scalars['String']['input']>;
  /** At most 10,000 rows of a table. */
  rows: Array<CampaignImportRow>;
};

/** Payload of importCampaigns. */
export type ImportCampaignsPayload = {
  /** How many campaigns got other values, or would get them. */
  changed: Scalars['Int']['output'];
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** How many campaigns are new, or would be. */
  created: Scalars['Int']['output'];
  /** Whether the rows have been imported: all of them, or none. */
  imported: Scalars['Boolean']['output'];
  /**
   * The plan of these rows as it is now. If nothing was imported although no row is refused, it is another one than that of the
   * input: look at `campaignImport` again.
   */
  plan: Scalars['String']['output'];
  /** How many rows are refused. */
  refused: Scalars['Int']['output'];
  /** How many campaigns have the values of their rows already. */
  unchanged: Scalars['Int']['output'];
  /**
   * Why rows are refused: the first 100 errors. Each `field` begins with the place of the row, from 0: `["rows", "3", "name"]`.
   * `campaignImport` has the errors of all rows. An error whose `field` is null is one of the import as a whole.
   */
  userErrors: Array<UserError>;
};

/** Input of inviteMember. */
export type InviteMemberInput = {
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The person's e-mail address. Case is ignored when it is looked for among the members. */
  email: Scalars['String']['input'];
  /** From when on the first token is refused. Left out or null: when the token with which you ask is, if it ever is. */
  expiresOn?: InputMaybe<Scalars['DateTime']['input']>;
  /** What the member is allowed to do. */
  role: Role;
};

/** Payload of inviteMember. */
export type InviteMemberPayload = {
  /** The member's first token. Null if there are user errors. */
  apiToken: Maybe<ApiToken>;
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /**
   * The token's key, which is its holder's password. Hand it on, or keep it: it is not shown again. Null if there are user errors, and
   * if a request is repeated with its Idempotency-Key, because the server does not keep the key.
   */
  key: Maybe<Scalars['String']['output']>;
  /** The new member. Null if there are user errors. */
  member: Maybe<Member>;
  /** What is wrong with the input. Empty if the person is a member now. */
  userErrors: Array<UserError>;
};

/**
 * A place in an ordered list, such as the campaigns that begin with M, or those of May. Nothing needs to be there. Give the field
 * that the list is ordered by.
 */
export type ListPlace =
  /** In a list by time of creation: before the first item that was created at this time or comes after it in the list's order. */
  { createdOn: Scalars['DateTime']['input']; name?: never; }
  |  /** In a list by name: before the first name that is equal to this text or comes after it in the list's order. Case is ignored. */
  { createdOn?: never; name: Scalars['String']['input']; };

/** A person who works in the workspace. */
export type Member = Node & {
  /** Whether the person can sign in. Only the server's operator can make a person inactive, for all workspaces. */
  active: Scalars['Boolean']['output'];
  /** Since when the person is a member. */
  createdOn: Scalars['DateTime']['output'];
  /** The person's e-mail address. */
  email: Scalars['String']['output'];
  /** Global id: pass it to `node` or `nodes`, and use it as the key in a client cache. Do not show it to people. */
  id: Scalars['ID']['output'];
  /**
   * The revision of the member's last change. Pass it as `expectedRevision` of a mutation, which is then refused if somebody else was
   * faster. 0 if the member has not changed since the server records changes of members.
   */
  revision: Scalars['Int']['output'];
  /** What the member is allowed to do. A token of the member can allow less. */
  role: Role;
  /** The member's UUID. The mutations use it. A person who is removed and invited again gets another one. */
  uuid: Scalars['UUID']['output'];
};

/** One page of a list of members. */
export type MemberConnection = {
  /**
   * A cursor of `changes`, from before this page was read. Read all pages, then `changes` after the cursor of the first page:
   * together they miss nothing.
   */
  changesCursor: Scalars['String']['output'];
  /** The members of the page, each with its cursor. */
  edges: Array<MemberEdge>;
  /** The members of the page without their cursors. This is enough to page with `pageInfo`. */
  nodes: Array<Member>;
  /** Whether there are pages before and after this one, and the cursors to reach them. */
  pageInfo: PageInfo;
  /** The number of members on all pages together. The server counts only if you select this field. */
  totalCount: Scalars['Int']['output'];
};

/** A member in a list, with its cursor. */
export type MemberEdge = {
  /** The member's position in the list. Pass it as `after` or `before`, with the same `orderBy`. Do not parse it. */
  cursor: Scalars['String']['output'];
  /** The member. */
  node: Member;
};

/** Conditions for a list of members. A member is listed if it meets all of them. */
export type MemberFilter = {
  /**
   * Only members whose e-mail address contains each of these words. Words are separated by white space, in any order, and may be parts
   * of words. Case is ignored. At most 32 words. Blank text finds all members.
   */
  search?: InputMaybe<Scalars['String']['input']>;
  /** Only members with one of these UUIDs. At most 100 UUIDs. Unknown UUIDs are ignored. */
  uuids?: InputMaybe<Array<Scalars['UUID']['input']>>;
};

/** The order of a list of members. */
export type MemberOrder = {
  /** Ascending or descending. */
  direction?: OrderDirection;
  /** What to order by. */
  field: MemberOrderField;
};

/** What a list of members can be ordered by. */
export type MemberOrderField =
  /** By the time since when they are members. */
  | 'CREATED'
  /** By e-mail address. Case is ignored. */
  | 'EMAIL';

/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type Mutation = {
  /**
   * Makes a token, whose key is shown this once: for yourself, or, if you are an administrator, for any member. It reaches no further
   * than the token with which you ask: its role is not higher, and it does not live longer.
   */
  createApiToken: Maybe<CreateApiTokenPayload>;
  /** Creates a campaign. */
  createCampaign: Maybe<CreateCampaignPayload>;
  /**
   * Creates up to 250 campaigns: all of them, or none if there is any user error. Each error's `field` begins with the campaign's
   * place in the input: `["campaigns", "3", "name"]`.
   */
  createCampaigns: Maybe<CreateCampaignsPayload>;
  /** Creates a manual group that has no contacts. */
  createGroup: Maybe<CreateGroupPayload>;
  /**
   * Creates a webhook: from now on, every change of the workspace is sent to its address. Only administrators can do this. The
   * secret is shown this once.
   */
  createWebhook: Maybe<CreateWebhookPayload>;
  /** Deletes a campaign, archived or not. Nobody can read it any more, and its name can be used again. */
  deleteCampaign: Maybe<DeleteCampaignPayload>;
  /**
   * Deletes up to 250 campaigns: all of them, or none if there is any user error. Each error's `field` begins with the campaign's
   * place in the input: `["campaigns", "3", "uuid"]`.
   */
  deleteCampaigns: Maybe<DeleteCampaignsPayload>;
  /** Deletes a group. Not possible for a system group, nor for a group that has campaigns that are not archived. */
  deleteGroup: Maybe<DeleteGroupPayload>;
  /** Deletes a webhook. What was not sent by then is not sent. Only administrators can do this. */
  deleteWebhook: Maybe<DeleteWebhookPayload>;
  /**
   * Imports up to 10,000 rows of a table of campaigns: creates campaigns and changes others, all of them or none. Campaigns may
   * exchange their names. `campaignImport` shows beforehand what it would do. A large import takes a second or so, in which no
   * other change of the workspace is made.
   */
  importCampaigns: Maybe<ImportCampaignsPayload>;
  /**
   * Makes a person a member, with a first token, whose key is shown this once. The server sends no mail: hand the key to the person.
   * Only administrators can do this.
   */
  inviteMember: Maybe<InviteMemberPayload>;
  /**
   * Removes a member, and revokes all tokens of the member for this workspace. What the member has changed stays. The last
   * administrator cannot be removed. Only administrators can do this.
   */
  removeMember: Maybe<RemoveMemberPayload>;
  /**
   * Sends the changes after a cursor again, or passes over those before it, and tries at once. A change that is sent again has the
   * same `webhook-id`. A webhook that has stopped sends nothing until `updateWebhook` enables it. A cursor that is older than the
   * changes that are kept is refused with the error `CURSOR_EXPIRED`. Only administrators can do this.
   */
  replayWebhook: Maybe<ReplayWebhookPayload>;
  /**
   * Revokes a token: it is refused from the next request on. This cannot be undone. Administrators can revoke all tokens, the others
   * their own.
   */
  revokeApiToken: Maybe<RevokeApiTokenPayload>;
  /**
   * Gives a webhook a new secret, which is shown this once. For 24 hours the old one signs as well, so that the receiver can change
   * it without a gap. Only administrators can do this.
   */
  rotateWebhookSecret: Maybe<RotateWebhookSecretPayload>;
  /**
   * Changes the given fields of a campaign.
   * An archived campaign must be restored (`archived: false`), in the same mutation or before, to change its other fields.
   */
  updateCampaign: Maybe<UpdateCampaignPayload>;
  /**
   * Changes up to 250 campaigns: all of them, or none if there is any user error. Each error's `field` begins with the campaign's
   * place in the input: `["campaigns", "3", "name"]`. Campaigns may exchange their names, because only the names that they have
   * afterwards must differ.
   */
  updateCampaigns: Maybe<UpdateCampaignsPayload>;
  /** Renames a group. A system group cannot be renamed. */
  updateGroup: Maybe<UpdateGroupPayload>;
  /**
   * Gives a member another role. It holds for all tokens of the member from the next request on. The last administrator cannot get
   * another role. Only administrators can do this.
   */
  updateMember: Maybe<UpdateMemberPayload>;
  /**
   * Changes the given fields of a webhook, stops it or starts it again. It goes on from where it stopped. Only administrators can
   * do this.
   */
  updateWebhook: Maybe<UpdateWebhookPayload>;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationCreateApiTokenArgs = {
  input: CreateApiTokenInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationCreateCampaignArgs = {
  input: CreateCampaignInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationCreateCampaignsArgs = {
  input: CreateCampaignsInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationCreateGroupArgs = {
  input: CreateGroupInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationCreateWebhookArgs = {
  input: CreateWebhookInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationDeleteCampaignArgs = {
  input: DeleteCampaignInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationDeleteCampaignsArgs = {
  input: DeleteCampaignsInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationDeleteGroupArgs = {
  input: DeleteGroupInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationDeleteWebhookArgs = {
  input: DeleteWebhookInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationImportCampaignsArgs = {
  input: ImportCampaignsInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationInviteMemberArgs = {
  input: InviteMemberInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationRemoveMemberArgs = {
  input: RemoveMemberInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationReplayWebhookArgs = {
  input: ReplayWebhookInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationRevokeApiTokenArgs = {
  input: RevokeApiTokenInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationRotateWebhookSecretArgs = {
  input: RotateWebhookSecretInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationUpdateCampaignArgs = {
  input: UpdateCampaignInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationUpdateCampaignsArgs = {
  input: UpdateCampaignsInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationUpdateGroupArgs = {
  input: UpdateGroupInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationUpdateMemberArgs = {
  input: UpdateMemberInput;
};


/** What you can change. Campaigns and groups are changed by administrators and editors; see each mutation. */
export type MutationUpdateWebhookArgs = {
  input: UpdateWebhookInput;
};

/** A campaign to be created. */
export type NewCampaign = {
  /** The group to run the campaign against. Any group of the workspace, smart and system groups included. */
  group: GroupReference;
  /** 1 to 64 characters, not counting white space at both ends, which is removed. `"`, `\`, U+0000 and lone surrogates are not allowed. */
  name: Scalars['String']['input'];
};

/**
 * An object with a global id, by which `node` and `nodes` find it.
 * See https://relay.dev/graphql/objectidentification.htm
 */
export type Node = {
  /** Global id: pass it to `node` or `nodes`, and use it as the key in a client cache. Do not show it to people. */
  id: Scalars['ID']['output'];
};

/** The direction of an order. */
export type OrderDirection =
  /** Ascending: oldest first, or names from A to Z. */
  | 'ASC'
  /** Descending: newest first, or names from Z to A. */
  | 'DESC';

/**
 * Whether a list goes on before and after a page, and the cursors to page with.
 * See https://relay.dev/graphql/connections.htm
 */
export type PageInfo = {
  /** The cursor of the last edge. Pass it as `after` to get the next page. Null if the page is empty. */
  endCursor: Maybe<Scalars['String']['output']>;
  /** Whether the list has items after this page. Correct for forward and for backward paging. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether the list has items before this page. Correct for forward and for backward paging. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first edge. Pass it as `before` to get the previous page. Null if the page is empty. */
  startCursor: Maybe<Scalars['String']['output']>;
};

/** What becomes of a row of an import. */
export type PlannedCampaign = {
  /** What is done. */
  action: CampaignImportAction;
  /** Whether it is archived after the import. Null if the row is refused. */
  archivedAfter: Maybe<Scalars['Boolean']['output']>;
  /** Whether it is archived before the import. Null if the campaign is new or unknown. */
  archivedBefore: Maybe<Scalars['Boolean']['output']>;
  /** The name of its group after the import. Null if the row is refused. */
  groupAfter: Maybe<Scalars['String']['output']>;
  /** The name of the campaign's group before the import. Null if the campaign is new or unknown. */
  groupBefore: Maybe<Scalars['String']['output']>;
  /** The name after the import. Null if the row is refused. */
  nameAfter: Maybe<Scalars['String']['output']>;
  /** The name that the campaign has before the import. Null if it is new or unknown. */
  nameBefore: Maybe<Scalars['String']['output']>;
  /** Why the row is refused. Empty if it is not. `field` is the name of the cell. */
  userErrors: Array<UserError>;
  /** The UUID of the campaign. Null if it is new, or if the row has a text that is no UUID. */
  uuid: Maybe<Scalars['UUID']['output']>;
};

/** What you can read. You see only the workspace of your token. */
export type Query = {
  /**
   * The tokens of the workspace that are not revoked. Administrators see those of all members, the others their own. By default
   * newest first.
   */
  apiTokens: ApiTokenConnection;
  /** The campaign with this UUID, archived or not. Null if it does not exist or was deleted. */
  campaign: Maybe<Campaign>;
  /**
   * The errors that `createCampaign` would find in these fields, or `updateCampaign` when `uuid` is given. Nothing is written,
   * so a form can show errors before it is sent. A field that is left out is not judged.
   */
  campaignErrors: Array<UserError>;
  /**
   * What `importCampaigns` would do with these rows, row by row. Nothing is written. The rules are those of the import, so that the
   * import does the same unless somebody changes something before it.
   */
  campaignImport: CampaignImport;
  /** The campaigns of the workspace. By default newest first, without archived campaigns. */
  campaigns: CampaignConnection;
  /**
   * The changes of the workspace's campaigns, groups, members and tokens, oldest first. To follow them, read a page after the last cursor that
   * you have; a page without `hasNextPage` is the last one for now. A cursor that is older than the changes that are kept is
   * refused with the error `CURSOR_EXPIRED`: then read all lists again.
   */
  changes: ChangeConnection;
  /** One group. Null if it does not exist or was deleted. */
  group: Maybe<Group>;
  /** The groups of the workspace. By default newest first. */
  groups: GroupConnection;
  /** The members of the workspace. By default in the order of their e-mail addresses. */
  members: MemberConnection;
  /** The object with this global id. Null if the workspace has no such object. */
  node: Maybe<Node>;
  /** The objects with these global ids, in the order of `ids`. An entry is null if the workspace has no such object. */
  nodes: Array<Maybe<Node>>;
  /** Who you are: your user, role and workspace, and the state of the rate limit. */
  viewer: Viewer;
  /** The webhooks of the workspace, oldest first. There are at most 20. Only administrators can see them. */
  webhooks: Array<Webhook>;
};


/** What you can read. You see only the workspace of your token. */
export type QueryApiTokensArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<ApiTokenFilter>;
  first: InputMaybe<Scalars['Int']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ApiTokenOrder>;
};


/** What you can read. You see only the workspace of your token. */
export type QueryCampaignArgs = {
  uuid: Scalars['UUID']['input'];
};


/** What you can read. You see only the workspace of your token. */
export type QueryCampaignErrorsArgs = {
  group: InputMaybe<GroupReference>;
  name: InputMaybe<Scalars['String']['input']>;
  uuid: InputMaybe<Scalars['UUID']['input']>;
};


/** What you can read. You see only the workspace of your token. */
export type QueryCampaignImportArgs = {
  rows: Array<CampaignImportRow>;
};


/** What you can read. You see only the workspace of your token. */
export type QueryCampaignsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<CampaignFilter>;
  first: InputMaybe<Scalars['Int']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<CampaignOrder>;
  startAt: InputMaybe<ListPlace>;
};


/** What you can read. You see only the workspace of your token. */
export type QueryChangesArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<ChangeFilter>;
  first: InputMaybe<Scalars['Int']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
};


/** What you can read. You see only the workspace of your token. */
export type QueryGroupArgs = {
  by: GroupReference;
};


/** What you can read. You see only the workspace of your token. */
export type QueryGroupsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<GroupFilter>;
  first: InputMaybe<Scalars['Int']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<GroupOrder>;
  startAt: InputMaybe<ListPlace>;
};


/** What you can read. You see only the workspace of your token. */
export type QueryMembersArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<MemberFilter>;
  first: InputMaybe<Scalars['Int']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<MemberOrder>;
};


/** What you can read. You see only the workspace of your token. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** What you can read. You see only the workspace of your token. */
export type QueryNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};

/** The rate limit of a workspace. The requests of all its tokens are counted together, GraphQL and REST alike. */
export type RateLimit = {
  /** The number of requests allowed in one window of time. */
  limit: Scalars['Int']['output'];
  /** The number of requests left in this window, after this request. */
  remaining: Scalars['Int']['output'];
  /** When this window ends. Then `remaining` is `limit` again. */
  resetAt: Scalars['DateTime']['output'];
};

/** Input of removeMember. */
export type RemoveMemberInput = {
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /**
   * The `revision` of the member that you have seen. If the member has changed since, the mutation is refused with `CONFLICT`.
   * Without it the last writer wins.
   */
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** The UUID of the member to remove. */
  uuid: Scalars['UUID']['input'];
};

/** Payload of removeMember. */
export type RemoveMemberPayload = {
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** The global id of the removed member, so that you can remove it from a client cache. Null if there are user errors. */
  removedMemberId: Maybe<Scalars['ID']['output']>;
  /** Why the member was not removed. Empty if it was removed. */
  userErrors: Array<UserError>;
};

/** Input of replayWebhook. */
export type ReplayWebhookInput = {
  /** A cursor of `changes`, or the `changesCursor` of another list. The next change that is sent is the one after it. */
  after: Scalars['String']['input'];
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The UUID of the webhook. */
  uuid: Scalars['UUID']['input'];
};

/** Payload of replayWebhook. */
export type ReplayWebhookPayload = {
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** Why nothing is sent again. Empty if there is no error. */
  userErrors: Array<UserError>;
  /** The webhook after the change. Null if there are user errors. */
  webhook: Maybe<Webhook>;
};

/** Input of revokeApiToken. */
export type RevokeApiTokenInput = {
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The UUID of the token to revoke. */
  uuid: Scalars['UUID']['input'];
};

/** Payload of revokeApiToken. */
export type RevokeApiTokenPayload = {
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** The global id of the revoked token, so that you can remove it from a client cache. Null if there are user errors. */
  revokedApiTokenId: Maybe<Scalars['ID']['output']>;
  /** Why the token was not revoked. Empty if it was revoked. */
  userErrors: Array<UserError>;
};

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

/** Input of rotateWebhookSecret. */
export type RotateWebhookSecretInput = {
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /**
   * The `revision` of the webhook that you have seen. If the webhook has changed since, the mutation is refused with `CONFLICT`.
   * Without it the last writer wins.
   */
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** The UUID of the webhook that gets a new secret. */
  uuid: Scalars['UUID']['input'];
};

/** Payload of rotateWebhookSecret. */
export type RotateWebhookSecretPayload = {
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** The new secret. Keep it: it is not shown again. Null if there are user errors. */
  secret: Maybe<Scalars['String']['output']>;
  /** Why there is no new secret. Empty if there is one. */
  userErrors: Array<UserError>;
  /** The webhook. Null if there are user errors. */
  webhook: Maybe<Webhook>;
};

/** What a client can follow. A subscription is answered with a stream, over plain HTTP. */
export type Subscription = {
  /**
   * The changes of the workspace's campaigns, groups, members and tokens as they are made, in batches and oldest first. The first batch comes at
   * once. Each batch has a cursor: to lose nothing when a connection ends, subscribe again with the last one as `after`. While
   * nothing changes, a batch without changes comes every 20 seconds. Send `Accept: text/event-stream`, or Apollo's
   * `multipart/mixed;subscriptionSpec=1.0`.
   */
  changes: ChangeBatch;
};


/** What a client can follow. A subscription is answered with a stream, over plain HTTP. */
export type SubscriptionChangesArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<ChangeFilter>;
  first: InputMaybe<Scalars['Int']['input']>;
  from?: InputMaybe<ChangesStart>;
};

/** Input of updateCampaign. A field that is left out or null does not change. */
export type UpdateCampaignInput = {
  /** `true` archives the campaign, `false` restores it. */
  archived?: InputMaybe<Scalars['Boolean']['input']>;
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /**
   * The `revision` of the campaign that you have seen. If the campaign has changed since, the mutation is refused with `CONFLICT`.
   * Without it the last writer wins. In front of a live account it guards only against the changes that this server knows of: the
   * account cannot compare revisions, so that among writers elsewhere the last one wins.
   */
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** The new group. */
  group?: InputMaybe<GroupReference>;
  /** The new name: 1 to 64 characters, not counting white space at both ends, which is removed. `"`, `\`, U+0000 and lone surrogates are not allowed. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The UUID of the campaign to change. */
  uuid: Scalars['UUID']['input'];
};

/** Payload of updateCampaign. */
export type UpdateCampaignPayload = {
  /** The campaign after the change. Null if there are user errors: then nothing has changed. */
  campaign: Maybe<Campaign>;
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** What is wrong with the input, for all fields at once. Empty if the campaign was changed. */
  userErrors: Array<UserError>;
};

/** Input of updateCampaigns. */
export type UpdateCampaignsInput = {
  /** At most 250 campaigns and their new values. Each campaign may come once. */
  campaigns: Array<CampaignChanges>;
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
};

/** Payload of updateCampaigns. */
export type UpdateCampaignsPayload = {
  /** The campaigns after the change, in the order of the input. Null if there are user errors: then nothing has changed. */
  campaigns: Maybe<Array<Campaign>>;
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** What is wrong with the input, for all campaigns and all their fields at once. Empty if the campaigns were changed. */
  userErrors: Array<UserError>;
};

/** Input of updateGroup. */
export type UpdateGroupInput = {
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /**
   * The `revision` of the group that you have seen. If the group has changed since, the mutation is refused with `CONFLICT`.
   * Without it the last writer wins. In front of a live account it guards only against the changes that this server knows of: the
   * account cannot compare revisions, so that among writers elsewhere the last one wins.
   */
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** The new name: 1 to 64 characters, not counting white space at both ends, which is removed. `"`, `\`, U+0000 and lone surrogates are not allowed. */
  name: Scalars['String']['input'];
  /** The UUID of the group to rename. */
  uuid: Scalars['UUID']['input'];
};

/** Payload of updateGroup. */
export type UpdateGroupPayload = {
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** The group after the change. Null if there are user errors: then nothing has changed. */
  group: Maybe<Group>;
  /** What is wrong with the input. Empty if the group was renamed. */
  userErrors: Array<UserError>;
};

/** Input of updateMember. */
export type UpdateMemberInput = {
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /**
   * The `revision` of the member that you have seen. If the member has changed since, the mutation is refused with `CONFLICT`.
   * Without it the last writer wins.
   */
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** The new role. */
  role: Role;
  /** The UUID of the member to change. */
  uuid: Scalars['UUID']['input'];
};

/** Payload of updateMember. */
export type UpdateMemberPayload = {
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** The member after the change. Null if there are user errors: then nothing has changed. */
  member: Maybe<Member>;
  /** What is wrong with the input. Empty if the member was changed. */
  userErrors: Array<UserError>;
};

/** Input of updateWebhook. */
export type UpdateWebhookInput = {
  /** Any text of up to 1,000 characters. The payload returns it unchanged. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /**
   * `false` stops the webhook. `true` starts it from where it stopped, and tries a delivery that has failed at once. Left out or
   * null: it stays as it is.
   */
  enabled?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * The `revision` of the webhook that you have seen. If the webhook has changed since, the mutation is refused with `CONFLICT`.
   * Without it the last writer wins.
   */
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** The new name. Left out or null: the name stays. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The new address. A delivery that has failed is tried there at once. Left out or null: the address stays. */
  url?: InputMaybe<Scalars['String']['input']>;
  /** The UUID of the webhook to change. */
  uuid: Scalars['UUID']['input'];
};

/** Payload of updateWebhook. */
export type UpdateWebhookPayload = {
  /** The `clientMutationId` of the input. */
  clientMutationId: Maybe<Scalars['String']['output']>;
  /** What is wrong with the input. Empty if the webhook was changed. */
  userErrors: Array<UserError>;
  /** The webhook after the change. Null if there are user errors: then nothing has changed. */
  webhook: Maybe<Webhook>;
};

/**
 * The live account (TextIt or RapidPro) that a workspace is kept in. Reads are answered from a mirror of it on this server; campaigns
 * and groups are changed in the account first.
 */
export type Upstream = {
  /** How much of the account's rate limit this server uses. */
  budget: UpstreamBudget;
  /** The mirror has every change that was made in the account before this time. Null until the account has been read once to its end. */
  completeAsOf: Maybe<Scalars['DateTime']['output']>;
  /** The seconds between `completeAsOf` and now. Null until the account has been read once to its end. */
  lagSeconds: Maybe<Scalars['Int']['output']>;
  /** When the account last answered this server. Null if it has not answered yet. */
  lastContactAt: Maybe<Scalars['DateTime']['output']>;
  /** Why the state is what it is, in English, to show to people. Null if the state says it all. */
  problem: Maybe<Scalars['String']['output']>;
  /** Since when the state has been like that. */
  since: Scalars['DateTime']['output'];
  /** How the mirror stands. */
  state: UpstreamState;
  /** The address of the account's server. */
  url: Scalars['String']['output'];
};

/**
 * How much of an account's rate limit this server uses: the requests that keep the mirror fresh, and the changes that are sent to the
 * account. Requests that are passed on are not counted.
 */
export type UpstreamBudget = {
  /**
   * How many requests an hour the server allows itself to keep the mirror fresh. Changes are never held back, but while there are many of
   * them the mirror is read more slowly.
   */
  allowedPerHour: Scalars['Int']['output'];
  /** How many requests it has made in the last hour, changes included. */
  usedLastHour: Scalars['Int']['output'];
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

/** A person who works in a workspace. */
export type User = {
  /** The user's e-mail address. */
  email: Scalars['String']['output'];
};

/** A problem with the input that the user can correct. */
export type UserError = {
  /** In front of a live account: what the account said when it refused this, word for word. Null if the account has said nothing. */
  accountMessage: Maybe<Scalars['String']['output']>;
  /** With `INVALID_CHARACTER`: the character that is not allowed. A character that cannot be shown is given as `U+0000`. */
  character: Maybe<Scalars['String']['output']>;
  /** What is wrong, for programs. */
  code: UserErrorCode;
  /** With `CONFLICT`: the object as it is now. Null for a webhook. */
  current: Maybe<ChangeSubject>;
  /**
   * The path of the wrong field, below `input`: `["name"]`. Null if the problem is not in one field. In a mutation of many the path
   * begins with the list and the item's place in it, from 0: `["campaigns", "3", "name"]`, or `["campaigns", "3"]` if the problem
   * is not in one field of the item.
   */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** What is wrong and what would be right, in English, to show to the user. */
  message: Scalars['String']['output'];
  /**
   * With `TAKEN` in a mutation of many or an import: the place, from 0, of the item before it in the list that gets the same name. Null if
   * an object of the workspace has the name already.
   */
  takenByItem: Maybe<Scalars['Int']['output']>;
};

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

/** Who you are, according to your token. */
export type Viewer = {
  /** You as a member of the workspace. Null if you were removed just now. */
  member: Maybe<Member>;
  /** The state of the workspace's rate limit. Null if the server has no rate limit. */
  rateLimit: Maybe<RateLimit>;
  /** What you are allowed to do in the workspace: what your role allows, or your token if that is less. */
  role: Role;
  /** The token with which you ask. Null if it was revoked just now. */
  token: Maybe<ApiToken>;
  /** The user that the token belongs to. */
  user: User;
  /** The workspace that the token is for. */
  workspace: Workspace;
};

/** A receiver of the workspace's changes: an address to which each of them is sent, in their order. */
export type Webhook = {
  /** When the webhook was created. */
  createdOn: Scalars['DateTime']['output'];
  /** The `revision` of the last change that was sent successfully, or passed over. It can be a second old. */
  deliveredRevision: Scalars['Int']['output'];
  /** When a delivery failed that has not succeeded since. Null if there is none. */
  failingSince: Maybe<Scalars['DateTime']['output']>;
  /** The last deliveries that have failed, newest first, at most 20. */
  failures: Array<WebhookFailure>;
  /** When the receiver last answered a delivery with success. Null if it has not yet. It can be a second old. */
  lastDeliveredOn: Maybe<Scalars['DateTime']['output']>;
  /** Why the last delivery failed. Null if it succeeded. */
  lastError: Maybe<Scalars['String']['output']>;
  /** 1 to 64 characters. No two webhooks of a workspace have the same name. Case is ignored. */
  name: Scalars['String']['output'];
  /** When the failed delivery is tried again. Null unless the state is `FAILING`. */
  nextTryOn: Maybe<Scalars['DateTime']['output']>;
  /** After a rotation: until when the old secret signs as well. Otherwise null. */
  previousSecretUntil: Maybe<Scalars['DateTime']['output']>;
  /**
   * The revision of the webhook's settings: it rises when an administrator sets its name, its address, its secret, or whether it is stopped.
   * Pass it as `expectedRevision` of a mutation, which is then refused if somebody else was faster. It is not a revision of the feed.
   */
  revision: Scalars['Int']['output'];
  /** Whether changes are sent, and why not. */
  state: WebhookState;
  /** The address, which begins with `https://`. */
  url: Scalars['String']['output'];
  /** The webhook's UUID. The mutations use it. */
  uuid: Scalars['UUID']['output'];
};

/** A delivery that has failed. */
export type WebhookFailure = {
  /** What went wrong, in English. */
  error: Scalars['String']['output'];
  /** When it failed. */
  failedOn: Scalars['DateTime']['output'];
  /** The `revision` of the change that was to be delivered. */
  revision: Scalars['Int']['output'];
  /** The HTTP status of the receiver's answer. Null if there was no answer. */
  status: Maybe<Scalars['Int']['output']>;
};

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

/** A set of groups and campaigns that is separate from all others. A token gives access to one workspace only. */
export type Workspace = {
  /** The workspace's name. */
  name: Scalars['String']['output'];
  /**
   * The live account that the workspace is kept in, and how fresh what you read here is. Null if the workspace is kept on this
   * server alone.
   */
  upstream: Maybe<Upstream>;
  /** The workspace's UUID. */
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
    | ( ApiTokenModel )
    | ( CampaignModel )
    | ( ChangeModel )
    | ( GroupModel )
    | ( MemberModel )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ApiToken: ResolverTypeWrapper<ApiTokenModel>;
  ApiTokenConnection: ResolverTypeWrapper<AnyConnection>;
  ApiTokenEdge: ResolverTypeWrapper<Omit<ApiTokenEdge, 'node'> & { node: ResolversTypes['ApiToken'] }>;
  ApiTokenFilter: ApiTokenFilter;
  ApiTokenOrder: ApiTokenOrder;
  ApiTokenOrderField: ApiTokenOrderField;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Campaign: ResolverTypeWrapper<CampaignModel>;
  CampaignChanges: CampaignChanges;
  CampaignConnection: ResolverTypeWrapper<AnyConnection>;
  CampaignEdge: ResolverTypeWrapper<Omit<CampaignEdge, 'node'> & { node: ResolversTypes['Campaign'] }>;
  CampaignFilter: CampaignFilter;
  CampaignImport: ResolverTypeWrapper<ImportPlan>;
  CampaignImportAction: CampaignImportAction;
  CampaignImportRow: CampaignImportRow;
  CampaignOrder: CampaignOrder;
  CampaignOrderField: CampaignOrderField;
  CampaignToDelete: CampaignToDelete;
  Change: ResolverTypeWrapper<ChangeModel>;
  ChangeAction: ChangeAction;
  ChangeActor: ResolverTypeWrapper<ChangeActor>;
  ChangeBatch: ResolverTypeWrapper<Omit<ChangeBatch, 'changes'> & { changes: Array<ResolversTypes['Change']> }>;
  ChangeConnection: ResolverTypeWrapper<AnyConnection>;
  ChangeEdge: ResolverTypeWrapper<Omit<ChangeEdge, 'node'> & { node: ResolversTypes['Change'] }>;
  ChangeFilter: ChangeFilter;
  ChangeOrigin: ChangeOrigin;
  ChangeSubject: ResolverTypeWrapper<Listed>;
  ChangeSubjectType: ChangeSubjectType;
  ChangedField: ResolverTypeWrapper<ChangedField>;
  ChangesStart: ChangesStart;
  CreateApiTokenInput: CreateApiTokenInput;
  CreateApiTokenPayload: ResolverTypeWrapper<Omit<CreateApiTokenPayload, 'apiToken' | 'userErrors'> & { apiToken?: Maybe<ResolversTypes['ApiToken']>, userErrors: Array<ResolversTypes['UserError']> }>;
  CreateCampaignInput: CreateCampaignInput;
  CreateCampaignPayload: ResolverTypeWrapper<Omit<CreateCampaignPayload, 'campaign' | 'userErrors'> & { campaign?: Maybe<ResolversTypes['Campaign']>, userErrors: Array<ResolversTypes['UserError']> }>;
  CreateCampaignsInput: CreateCampaignsInput;
  CreateCampaignsPayload: ResolverTypeWrapper<Omit<CreateCampaignsPayload, 'campaigns' | 'userErrors'> & { campaigns?: Maybe<Array<ResolversTypes['Campaign']>>, userErrors: Array<ResolversTypes['UserError']> }>;
  CreateGroupInput: CreateGroupInput;
  CreateGroupPayload: ResolverTypeWrapper<Omit<CreateGroupPayload, 'group' | 'userErrors'> & { group?: Maybe<ResolversTypes['Group']>, userErrors: Array<ResolversTypes['UserError']> }>;
  CreateWebhookInput: CreateWebhookInput;
  CreateWebhookPayload: ResolverTypeWrapper<Omit<CreateWebhookPayload, 'userErrors' | 'webhook'> & { userErrors: Array<ResolversTypes['UserError']>, webhook?: Maybe<ResolversTypes['Webhook']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteCampaignInput: DeleteCampaignInput;
  DeleteCampaignPayload: ResolverTypeWrapper<Omit<DeleteCampaignPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  DeleteCampaignsInput: DeleteCampaignsInput;
  DeleteCampaignsPayload: ResolverTypeWrapper<Omit<DeleteCampaignsPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  DeleteGroupInput: DeleteGroupInput;
  DeleteGroupPayload: ResolverTypeWrapper<Omit<DeleteGroupPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  DeleteWebhookInput: DeleteWebhookInput;
  DeleteWebhookPayload: ResolverTypeWrapper<Omit<DeleteWebhookPayload, 'deletedWebhook' | 'userErrors'> & { deletedWebhook?: Maybe<ResolversTypes['Webhook']>, userErrors: Array<ResolversTypes['UserError']> }>;
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
  ImportCampaignsInput: ImportCampaignsInput;
  ImportCampaignsPayload: ResolverTypeWrapper<Omit<ImportCampaignsPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  InviteMemberInput: InviteMemberInput;
  InviteMemberPayload: ResolverTypeWrapper<Omit<InviteMemberPayload, 'apiToken' | 'member' | 'userErrors'> & { apiToken?: Maybe<ResolversTypes['ApiToken']>, member?: Maybe<ResolversTypes['Member']>, userErrors: Array<ResolversTypes['UserError']> }>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  ListPlace: ListPlace;
  Member: ResolverTypeWrapper<MemberModel>;
  MemberConnection: ResolverTypeWrapper<AnyConnection>;
  MemberEdge: ResolverTypeWrapper<Omit<MemberEdge, 'node'> & { node: ResolversTypes['Member'] }>;
  MemberFilter: MemberFilter;
  MemberOrder: MemberOrder;
  MemberOrderField: MemberOrderField;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NewCampaign: NewCampaign;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  OrderDirection: OrderDirection;
  PageInfo: ResolverTypeWrapper<PageFacts>;
  PlannedCampaign: ResolverTypeWrapper<PlannedRow>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RateLimit: ResolverTypeWrapper<RateLimit>;
  RemoveMemberInput: RemoveMemberInput;
  RemoveMemberPayload: ResolverTypeWrapper<Omit<RemoveMemberPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  ReplayWebhookInput: ReplayWebhookInput;
  ReplayWebhookPayload: ResolverTypeWrapper<Omit<ReplayWebhookPayload, 'userErrors' | 'webhook'> & { userErrors: Array<ResolversTypes['UserError']>, webhook?: Maybe<ResolversTypes['Webhook']> }>;
  RevokeApiTokenInput: RevokeApiTokenInput;
  RevokeApiTokenPayload: ResolverTypeWrapper<Omit<RevokeApiTokenPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  Role: Role;
  RotateWebhookSecretInput: RotateWebhookSecretInput;
  RotateWebhookSecretPayload: ResolverTypeWrapper<Omit<RotateWebhookSecretPayload, 'userErrors' | 'webhook'> & { userErrors: Array<ResolversTypes['UserError']>, webhook?: Maybe<ResolversTypes['Webhook']> }>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  UUID: ResolverTypeWrapper<Scalars['UUID']['output']>;
  UpdateCampaignInput: UpdateCampaignInput;
  UpdateCampaignPayload: ResolverTypeWrapper<Omit<UpdateCampaignPayload, 'campaign' | 'userErrors'> & { campaign?: Maybe<ResolversTypes['Campaign']>, userErrors: Array<ResolversTypes['UserError']> }>;
  UpdateCampaignsInput: UpdateCampaignsInput;
  UpdateCampaignsPayload: ResolverTypeWrapper<Omit<UpdateCampaignsPayload, 'campaigns' | 'userErrors'> & { campaigns?: Maybe<Array<ResolversTypes['Campaign']>>, userErrors: Array<ResolversTypes['UserError']> }>;
  UpdateGroupInput: UpdateGroupInput;
  UpdateGroupPayload: ResolverTypeWrapper<Omit<UpdateGroupPayload, 'group' | 'userErrors'> & { group?: Maybe<ResolversTypes['Group']>, userErrors: Array<ResolversTypes['UserError']> }>;
  UpdateMemberInput: UpdateMemberInput;
  UpdateMemberPayload: ResolverTypeWrapper<Omit<UpdateMemberPayload, 'member' | 'userErrors'> & { member?: Maybe<ResolversTypes['Member']>, userErrors: Array<ResolversTypes['UserError']> }>;
  UpdateWebhookInput: UpdateWebhookInput;
  UpdateWebhookPayload: ResolverTypeWrapper<Omit<UpdateWebhookPayload, 'userErrors' | 'webhook'> & { userErrors: Array<ResolversTypes['UserError']>, webhook?: Maybe<ResolversTypes['Webhook']> }>;
  Upstream: ResolverTypeWrapper<UpstreamModel>;
  UpstreamBudget: ResolverTypeWrapper<UpstreamBudget>;
  UpstreamState: UpstreamState;
  User: ResolverTypeWrapper<User>;
  UserError: ResolverTypeWrapper<UserErrorModel>;
  UserErrorCode: UserErrorCode;
  Viewer: ResolverTypeWrapper<Identity>;
  Webhook: ResolverTypeWrapper<WebhookModel>;
  WebhookFailure: ResolverTypeWrapper<WebhookFailure>;
  WebhookState: WebhookState;
  Workspace: ResolverTypeWrapper<OwnWorkspace>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ApiToken: ApiTokenModel;
  ApiTokenConnection: AnyConnection;
  ApiTokenEdge: Omit<ApiTokenEdge, 'node'> & { node: ResolversParentTypes['ApiToken'] };
  ApiTokenFilter: ApiTokenFilter;
  ApiTokenOrder: ApiTokenOrder;
  Boolean: Scalars['Boolean']['output'];
  Campaign: CampaignModel;
  CampaignChanges: CampaignChanges;
  CampaignConnection: AnyConnection;
  CampaignEdge: Omit<CampaignEdge, 'node'> & { node: ResolversParentTypes['Campaign'] };
  CampaignFilter: CampaignFilter;
  CampaignImport: ImportPlan;
  CampaignImportRow: CampaignImportRow;
  CampaignOrder: CampaignOrder;
  CampaignToDelete: CampaignToDelete;
  Change: ChangeModel;
  ChangeActor: ChangeActor;
  ChangeBatch: Omit<ChangeBatch, 'changes'> & { changes: Array<ResolversParentTypes['Change']> };
  ChangeConnection: AnyConnection;
  ChangeEdge: Omit<ChangeEdge, 'node'> & { node: ResolversParentTypes['Change'] };
  ChangeFilter: ChangeFilter;
  ChangeSubject: Listed;
  ChangedField: ChangedField;
  CreateApiTokenInput: CreateApiTokenInput;
  CreateApiTokenPayload: Omit<CreateApiTokenPayload, 'apiToken' | 'userErrors'> & { apiToken?: Maybe<ResolversParentTypes['ApiToken']>, userErrors: Array<ResolversParentTypes['UserError']> };
  CreateCampaignInput: CreateCampaignInput;
  CreateCampaignPayload: Omit<CreateCampaignPayload, 'campaign' | 'userErrors'> & { campaign?: Maybe<ResolversParentTypes['Campaign']>, userErrors: Array<ResolversParentTypes['UserError']> };
  CreateCampaignsInput: CreateCampaignsInput;
  CreateCampaignsPayload: Omit<CreateCampaignsPayload, 'campaigns' | 'userErrors'> & { campaigns?: Maybe<Array<ResolversParentTypes['Campaign']>>, userErrors: Array<ResolversParentTypes['UserError']> };
  CreateGroupInput: CreateGroupInput;
  CreateGroupPayload: Omit<CreateGroupPayload, 'group' | 'userErrors'> & { group?: Maybe<ResolversParentTypes['Group']>, userErrors: Array<ResolversParentTypes['UserError']> };
  CreateWebhookInput: CreateWebhookInput;
  CreateWebhookPayload: Omit<CreateWebhookPayload, 'userErrors' | 'webhook'> & { userErrors: Array<ResolversParentTypes['UserError']>, webhook?: Maybe<ResolversParentTypes['Webhook']> };
  DateTime: Scalars['DateTime']['output'];
  DeleteCampaignInput: DeleteCampaignInput;
  DeleteCampaignPayload: Omit<DeleteCampaignPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  DeleteCampaignsInput: DeleteCampaignsInput;
  DeleteCampaignsPayload: Omit<DeleteCampaignsPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  DeleteGroupInput: DeleteGroupInput;
  DeleteGroupPayload: Omit<DeleteGroupPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  DeleteWebhookInput: DeleteWebhookInput;
  DeleteWebhookPayload: Omit<DeleteWebhookPayload, 'deletedWebhook' | 'userErrors'> & { deletedWebhook?: Maybe<ResolversParentTypes['Webhook']>, userErrors: Array<ResolversParentTypes['UserError']> };
  Group: GroupModel;
  GroupConnection: AnyConnection;
  GroupEdge: Omit<GroupEdge, 'node'> & { node: ResolversParentTypes['Group'] };
  GroupFilter: GroupFilter;
  GroupOrder: GroupOrder;
  GroupReference: GroupReference;
  ID: Scalars['ID']['output'];
  ImportCampaignsInput: ImportCampaignsInput;
  ImportCampaignsPayload: Omit<ImportCampaignsPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  Int: Scalars['Int']['output'];
  InviteMemberInput: InviteMemberInput;
  InviteMemberPayload: Omit<InviteMemberPayload, 'apiToken' | 'member' | 'userErrors'> & { apiToken?: Maybe<ResolversParentTypes['ApiToken']>, member?: Maybe<ResolversParentTypes['Member']>, userErrors: Array<ResolversParentTypes['UserError']> };
  JSON: Scalars['JSON']['output'];
  ListPlace: ListPlace;
  Member: MemberModel;
  MemberConnection: AnyConnection;
  MemberEdge: Omit<MemberEdge, 'node'> & { node: ResolversParentTypes['Member'] };
  MemberFilter: MemberFilter;
  MemberOrder: MemberOrder;
  Mutation: Record<PropertyKey, never>;
  NewCampaign: NewCampaign;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageFacts;
  PlannedCampaign: PlannedRow;
  Query: Record<PropertyKey, never>;
  RateLimit: RateLimit;
  RemoveMemberInput: RemoveMemberInput;
  RemoveMemberPayload: Omit<RemoveMemberPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  ReplayWebhookInput: ReplayWebhookInput;
  ReplayWebhookPayload: Omit<ReplayWebhookPayload, 'userErrors' | 'webhook'> & { userErrors: Array<ResolversParentTypes['UserError']>, webhook?: Maybe<ResolversParentTypes['Webhook']> };
  RevokeApiTokenInput: RevokeApiTokenInput;
  RevokeApiTokenPayload: Omit<RevokeApiTokenPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  RotateWebhookSecretInput: RotateWebhookSecretInput;
  RotateWebhookSecretPayload: Omit<RotateWebhookSecretPayload, 'userErrors' | 'webhook'> & { userErrors: Array<ResolversParentTypes['UserError']>, webhook?: Maybe<ResolversParentTypes['Webhook']> };
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  UUID: Scalars['UUID']['output'];
  UpdateCampaignInput: UpdateCampaignInput;
  UpdateCampaignPayload: Omit<UpdateCampaignPayload, 'campaign' | 'userErrors'> & { campaign?: Maybe<ResolversParentTypes['Campaign']>, userErrors: Array<ResolversParentTypes['UserError']> };
  UpdateCampaignsInput: UpdateCampaignsInput;
  UpdateCampaignsPayload: Omit<UpdateCampaignsPayload, 'campaigns' | 'userErrors'> & { campaigns?: Maybe<Array<ResolversParentTypes['Campaign']>>, userErrors: Array<ResolversParentTypes['UserError']> };
  UpdateGroupInput: UpdateGroupInput;
  UpdateGroupPayload: Omit<UpdateGroupPayload, 'group' | 'userErrors'> & { group?: Maybe<ResolversParentTypes['Group']>, userErrors: Array<ResolversParentTypes['UserError']> };
  UpdateMemberInput: UpdateMemberInput;
  UpdateMemberPayload: Omit<UpdateMemberPayload, 'member' | 'userErrors'> & { member?: Maybe<ResolversParentTypes['Member']>, userErrors: Array<ResolversParentTypes['UserError']> };
  UpdateWebhookInput: UpdateWebhookInput;
  UpdateWebhookPayload: Omit<UpdateWebhookPayload, 'userErrors' | 'webhook'> & { userErrors: Array<ResolversParentTypes['UserError']>, webhook?: Maybe<ResolversParentTypes['Webhook']> };
  Upstream: UpstreamModel;
  UpstreamBudget: UpstreamBudget;
  User: User;
  UserError: UserErrorModel;
  Viewer: Identity;
  Webhook: WebhookModel;
  WebhookFailure: WebhookFailure;
  Workspace: OwnWorkspace;
};

export type ApiTokenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiToken'] = ResolversParentTypes['ApiToken']> = {
  createdOn?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresOn?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedOn?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  maxRole?: Resolver<Maybe<ResolversTypes['Role']>, ParentType, ContextType>;
  member?: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  uuid?: Resolver<ResolversTypes['UUID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApiTokenConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiTokenConnection'] = ResolversParentTypes['ApiTokenConnection']> = {
  changesCursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['ApiTokenEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ApiToken']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ApiTokenEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiTokenEdge'] = ResolversParentTypes['ApiTokenEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ApiToken'], ParentType, ContextType>;
};

export type CampaignResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Campaign'] = ResolversParentTypes['Campaign']> = {
  archived?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  createdOn?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  group?: Resolver<ResolversTypes['Group'], ParentType, ContextType>;
  history?: Resolver<ResolversTypes['ChangeConnection'], ParentType, ContextType, Partial<CampaignHistoryArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  modifiedOn?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  uuid?: Resolver<ResolversTypes['UUID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CampaignConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CampaignConnection'] = ResolversParentTypes['CampaignConnection']> = {
  changesCursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['CampaignEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Campaign']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CampaignEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CampaignEdge'] = ResolversParentTypes['CampaignEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Campaign'], ParentType, ContextType>;
};

export type CampaignImportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CampaignImport'] = ResolversParentTypes['CampaignImport']> = {
  changed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  created?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  plan?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refused?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rows?: Resolver<Array<ResolversTypes['PlannedCampaign']>, ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Change'] = ResolversParentTypes['Change']> = {
  action?: Resolver<ResolversTypes['ChangeAction'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['ChangeActor']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  fields?: Resolver<Array<ResolversTypes['ChangedField']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['ChangeOrigin'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['ChangeSubject']>, ParentType, ContextType>;
  subjectType?: Resolver<ResolversTypes['ChangeSubjectType'], ParentType, ContextType>;
  subjectUuid?: Resolver<ResolversTypes['UUID'], ParentType, ContextType>;
  uuid?: Resolver<ResolversTypes['UUID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChangeActorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeActor'] = ResolversParentTypes['ChangeActor']> = {
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ChangeBatchResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeBatch'] = ResolversParentTypes['ChangeBatch']> = {
  changes?: Resolver<Array<ResolversTypes['Change']>, ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  upToDate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ChangeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeConnection'] = ResolversParentTypes['ChangeConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ChangeEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Change']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ChangeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeEdge'] = ResolversParentTypes['ChangeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Change'], ParentType, ContextType>;
};

export type ChangeSubjectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeSubject'] = ResolversParentTypes['ChangeSubject']> = {
  __resolveType: TypeResolveFn<'ApiToken' | 'Campaign' | 'Group' | 'Member', ParentType, ContextType>;
};

export type ChangedFieldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangedField'] = ResolversParentTypes['ChangedField']> = {
  after?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CreateApiTokenPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateApiTokenPayload'] = ResolversParentTypes['CreateApiTokenPayload']> = {
  apiToken?: Resolver<Maybe<ResolversTypes['ApiToken']>, ParentType, ContextType>;
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  key?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateCampaignPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateCampaignPayload'] = ResolversParentTypes['CreateCampaignPayload']> = {
  campaign?: Resolver<Maybe<ResolversTypes['Campaign']>, ParentType, ContextType>;
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateCampaignsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateCampaignsPayload'] = ResolversParentTypes['CreateCampaignsPayload']> = {
  campaigns?: Resolver<Maybe<Array<ResolversTypes['Campaign']>>, ParentType, ContextType>;
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateGroupPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateGroupPayload'] = ResolversParentTypes['CreateGroupPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateWebhookPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateWebhookPayload'] = ResolversParentTypes['CreateWebhookPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  webhook?: Resolver<Maybe<ResolversTypes['Webhook']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteCampaignPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteCampaignPayload'] = ResolversParentTypes['DeleteCampaignPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deletedCampaignId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteCampaignsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteCampaignsPayload'] = ResolversParentTypes['DeleteCampaignsPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deletedCampaignIds?: Resolver<Maybe<Array<ResolversTypes['ID']>>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteGroupPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteGroupPayload'] = ResolversParentTypes['DeleteGroupPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deletedGroupId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteWebhookPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteWebhookPayload'] = ResolversParentTypes['DeleteWebhookPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deletedWebhook?: Resolver<Maybe<ResolversTypes['Webhook']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type GroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Group'] = ResolversParentTypes['Group']> = {
  campaigns?: Resolver<ResolversTypes['CampaignConnection'], ParentType, ContextType, RequireFields<GroupCampaignsArgs, 'orderBy'>>;
  contactCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdOn?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  history?: Resolver<ResolversTypes['ChangeConnection'], ParentType, ContextType, Partial<GroupHistoryArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  query?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['GroupStatus'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  uuid?: Resolver<ResolversTypes['UUID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GroupConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroupConnection'] = ResolversParentTypes['GroupConnection']> = {
  changesCursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['GroupEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Group']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type GroupEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroupEdge'] = ResolversParentTypes['GroupEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Group'], ParentType, ContextType>;
};

export type ImportCampaignsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportCampaignsPayload'] = ResolversParentTypes['ImportCampaignsPayload']> = {
  changed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  created?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  imported?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  plan?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refused?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type InviteMemberPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InviteMemberPayload'] = ResolversParentTypes['InviteMemberPayload']> = {
  apiToken?: Resolver<Maybe<ResolversTypes['ApiToken']>, ParentType, ContextType>;
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  key?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  member?: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type MemberResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Member'] = ResolversParentTypes['Member']> = {
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  createdOn?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  uuid?: Resolver<ResolversTypes['UUID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemberConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberConnection'] = ResolversParentTypes['MemberConnection']> = {
  changesCursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['MemberEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Member']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MemberEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberEdge'] = ResolversParentTypes['MemberEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Member'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createApiToken?: Resolver<Maybe<ResolversTypes['CreateApiTokenPayload']>, ParentType, ContextType, RequireFields<MutationCreateApiTokenArgs, 'input'>>;
  createCampaign?: Resolver<Maybe<ResolversTypes['CreateCampaignPayload']>, ParentType, ContextType, RequireFields<MutationCreateCampaignArgs, 'input'>>;
  createCampaigns?: Resolver<Maybe<ResolversTypes['CreateCampaignsPayload']>, ParentType, ContextType, RequireFields<MutationCreateCampaignsArgs, 'input'>>;
  createGroup?: Resolver<Maybe<ResolversTypes['CreateGroupPayload']>, ParentType, ContextType, RequireFields<MutationCreateGroupArgs, 'input'>>;
  createWebhook?: Resolver<Maybe<ResolversTypes['CreateWebhookPayload']>, ParentType, ContextType, RequireFields<MutationCreateWebhookArgs, 'input'>>;
  deleteCampaign?: Resolver<Maybe<ResolversTypes['DeleteCampaignPayload']>, ParentType, ContextType, RequireFields<MutationDeleteCampaignArgs, 'input'>>;
  deleteCampaigns?: Resolver<Maybe<ResolversTypes['DeleteCampaignsPayload']>, ParentType, ContextType, RequireFields<MutationDeleteCampaignsArgs, 'input'>>;
  deleteGroup?: Resolver<Maybe<ResolversTypes['DeleteGroupPayload']>, ParentType, ContextType, RequireFields<MutationDeleteGroupArgs, 'input'>>;
  deleteWebhook?: Resolver<Maybe<ResolversTypes['DeleteWebhookPayload']>, ParentType, ContextType, RequireFields<MutationDeleteWebhookArgs, 'input'>>;
  importCampaigns?: Resolver<Maybe<ResolversTypes['ImportCampaignsPayload']>, ParentType, ContextType, RequireFields<MutationImportCampaignsArgs, 'input'>>;
  inviteMember?: Resolver<Maybe<ResolversTypes['InviteMemberPayload']>, ParentType, ContextType, RequireFields<MutationInviteMemberArgs, 'input'>>;
  removeMember?: Resolver<Maybe<ResolversTypes['RemoveMemberPayload']>, ParentType, ContextType, RequireFields<MutationRemoveMemberArgs, 'input'>>;
  replayWebhook?: Resolver<Maybe<ResolversTypes['ReplayWebhookPayload']>, ParentType, ContextType, RequireFields<MutationReplayWebhookArgs, 'input'>>;
  revokeApiToken?: Resolver<Maybe<ResolversTypes['RevokeApiTokenPayload']>, ParentType, ContextType, RequireFields<MutationRevokeApiTokenArgs, 'input'>>;
  rotateWebhookSecret?: Resolver<Maybe<ResolversTypes['RotateWebhookSecretPayload']>, ParentType, ContextType, RequireFields<MutationRotateWebhookSecretArgs, 'input'>>;
  updateCampaign?: Resolver<Maybe<ResolversTypes['UpdateCampaignPayload']>, ParentType, ContextType, RequireFields<MutationUpdateCampaignArgs, 'input'>>;
  updateCampaigns?: Resolver<Maybe<ResolversTypes['UpdateCampaignsPayload']>, ParentType, ContextType, RequireFields<MutationUpdateCampaignsArgs, 'input'>>;
  updateGroup?: Resolver<Maybe<ResolversTypes['UpdateGroupPayload']>, ParentType, ContextType, RequireFields<MutationUpdateGroupArgs, 'input'>>;
  updateMember?: Resolver<Maybe<ResolversTypes['UpdateMemberPayload']>, ParentType, ContextType, RequireFields<MutationUpdateMemberArgs, 'input'>>;
  updateWebhook?: Resolver<Maybe<ResolversTypes['UpdateWebhookPayload']>, ParentType, ContextType, RequireFields<MutationUpdateWebhookArgs, 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'ApiToken' | 'Campaign' | 'Change' | 'Group' | 'Member', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PlannedCampaignResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PlannedCampaign'] = ResolversParentTypes['PlannedCampaign']> = {
  action?: Resolver<ResolversTypes['CampaignImportAction'], ParentType, ContextType>;
  archivedAfter?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  archivedBefore?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  groupAfter?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  groupBefore?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  nameAfter?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  nameBefore?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  uuid?: Resolver<Maybe<ResolversTypes['UUID']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  apiTokens?: Resolver<ResolversTypes['ApiTokenConnection'], ParentType, ContextType, RequireFields<QueryApiTokensArgs, 'orderBy'>>;
  campaign?: Resolver<Maybe<ResolversTypes['Campaign']>, ParentType, ContextType, RequireFields<QueryCampaignArgs, 'uuid'>>;
  campaignErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType, Partial<QueryCampaignErrorsArgs>>;
  campaignImport?: Resolver<ResolversTypes['CampaignImport'], ParentType, ContextType, RequireFields<QueryCampaignImportArgs, 'rows'>>;
  campaigns?: Resolver<ResolversTypes['CampaignConnection'], ParentType, ContextType, RequireFields<QueryCampaignsArgs, 'orderBy'>>;
  changes?: Resolver<ResolversTypes['ChangeConnection'], ParentType, ContextType, Partial<QueryChangesArgs>>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType, RequireFields<QueryGroupArgs, 'by'>>;
  groups?: Resolver<ResolversTypes['GroupConnection'], ParentType, ContextType, RequireFields<QueryGroupsArgs, 'orderBy'>>;
  members?: Resolver<ResolversTypes['MemberConnection'], ParentType, ContextType, RequireFields<QueryMembersArgs, 'orderBy'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  viewer?: Resolver<ResolversTypes['Viewer'], ParentType, ContextType>;
  webhooks?: Resolver<Array<ResolversTypes['Webhook']>, ParentType, ContextType>;
};

export type RateLimitResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateLimit'] = ResolversParentTypes['RateLimit']> = {
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  remaining?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  resetAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type RemoveMemberPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RemoveMemberPayload'] = ResolversParentTypes['RemoveMemberPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  removedMemberId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReplayWebhookPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReplayWebhookPayload'] = ResolversParentTypes['ReplayWebhookPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  webhook?: Resolver<Maybe<ResolversTypes['Webhook']>, ParentType, ContextType>;
};

export type RevokeApiTokenPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevokeApiTokenPayload'] = ResolversParentTypes['RevokeApiTokenPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  revokedApiTokenId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RotateWebhookSecretPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RotateWebhookSecretPayload'] = ResolversParentTypes['RotateWebhookSecretPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  webhook?: Resolver<Maybe<ResolversTypes['Webhook']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  changes?: SubscriptionResolver<ResolversTypes['ChangeBatch'], "changes", ParentType, ContextType, RequireFields<SubscriptionChangesArgs, 'from'>>;
};

export interface UuidScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['UUID'], any> {
  name: 'UUID';
}

export type UpdateCampaignPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateCampaignPayload'] = ResolversParentTypes['UpdateCampaignPayload']> = {
  campaign?: Resolver<Maybe<ResolversTypes['Campaign']>, ParentType, ContextType>;
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateCampaignsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateCampaignsPayload'] = ResolversParentTypes['UpdateCampaignsPayload']> = {
  campaigns?: Resolver<Maybe<Array<ResolversTypes['Campaign']>>, ParentType, ContextType>;
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateGroupPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateGroupPayload'] = ResolversParentTypes['UpdateGroupPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateMemberPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateMemberPayload'] = ResolversParentTypes['UpdateMemberPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  member?: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateWebhookPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateWebhookPayload'] = ResolversParentTypes['UpdateWebhookPayload']> = {
  clientMutationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  webhook?: Resolver<Maybe<ResolversTypes['Webhook']>, ParentType, ContextType>;
};

export type UpstreamResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Upstream'] = ResolversParentTypes['Upstream']> = {
  budget?: Resolver<ResolversTypes['UpstreamBudget'], ParentType, ContextType>;
  completeAsOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lagSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  lastContactAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['UpstreamState'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UpstreamBudgetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpstreamBudget'] = ResolversParentTypes['UpstreamBudget']> = {
  allowedPerHour?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  usedLastHour?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  accountMessage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  character?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  current?: Resolver<Maybe<ResolversTypes['ChangeSubject']>, ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  takenByItem?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  member?: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  rateLimit?: Resolver<Maybe<ResolversTypes['RateLimit']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  token?: Resolver<Maybe<ResolversTypes['ApiToken']>, ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  workspace?: Resolver<ResolversTypes['Workspace'], ParentType, ContextType>;
};

export type WebhookResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Webhook'] = ResolversParentTypes['Webhook']> = {
  createdOn?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deliveredRevision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failingSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  failures?: Resolver<Array<ResolversTypes['WebhookFailure']>, ParentType, ContextType>;
  lastDeliveredOn?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastError?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nextTryOn?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  previousSecretUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['WebhookState'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  uuid?: Resolver<ResolversTypes['UUID'], ParentType, ContextType>;
};

export type WebhookFailureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookFailure'] = ResolversParentTypes['WebhookFailure']> = {
  error?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  failedOn?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type WorkspaceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Workspace'] = ResolversParentTypes['Workspace']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  upstream?: Resolver<Maybe<ResolversTypes['Upstream']>, ParentType, ContextType>;
  uuid?: Resolver<ResolversTypes['UUID'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ApiToken?: ApiTokenResolvers<ContextType>;
  ApiTokenConnection?: ApiTokenConnectionResolvers<ContextType>;
  ApiTokenEdge?: ApiTokenEdgeResolvers<ContextType>;
  Campaign?: CampaignResolvers<ContextType>;
  CampaignConnection?: CampaignConnectionResolvers<ContextType>;
  CampaignEdge?: CampaignEdgeResolvers<ContextType>;
  CampaignImport?: CampaignImportResolvers<ContextType>;
  Change?: ChangeResolvers<ContextType>;
  ChangeActor?: ChangeActorResolvers<ContextType>;
  ChangeBatch?: ChangeBatchResolvers<ContextType>;
  ChangeConnection?: ChangeConnectionResolvers<ContextType>;
  ChangeEdge?: ChangeEdgeResolvers<ContextType>;
  ChangeSubject?: ChangeSubjectResolvers<ContextType>;
  ChangedField?: ChangedFieldResolvers<ContextType>;
  CreateApiTokenPayload?: CreateApiTokenPayloadResolvers<ContextType>;
  CreateCampaignPayload?: CreateCampaignPayloadResolvers<ContextType>;
  CreateCampaignsPayload?: CreateCampaignsPayloadResolvers<ContextType>;
  CreateGroupPayload?: CreateGroupPayloadResolvers<ContextType>;
  CreateWebhookPayload?: CreateWebhookPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteCampaignPayload?: DeleteCampaignPayloadResolvers<ContextType>;
  DeleteCampaignsPayload?: DeleteCampaignsPayloadResolvers<ContextType>;
  DeleteGroupPayload?: DeleteGroupPayloadResolvers<ContextType>;
  DeleteWebhookPayload?: DeleteWebhookPayloadResolvers<ContextType>;
  Group?: GroupResolvers<ContextType>;
  GroupConnection?: GroupConnectionResolvers<ContextType>;
  GroupEdge?: GroupEdgeResolvers<ContextType>;
  ImportCampaignsPayload?: ImportCampaignsPayloadResolvers<ContextType>;
  InviteMemberPayload?: InviteMemberPayloadResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Member?: MemberResolvers<ContextType>;
  MemberConnection?: MemberConnectionResolvers<ContextType>;
  MemberEdge?: MemberEdgeResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PlannedCampaign?: PlannedCampaignResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RateLimit?: RateLimitResolvers<ContextType>;
  RemoveMemberPayload?: RemoveMemberPayloadResolvers<ContextType>;
  ReplayWebhookPayload?: ReplayWebhookPayloadResolvers<ContextType>;
  RevokeApiTokenPayload?: RevokeApiTokenPayloadResolvers<ContextType>;
  RotateWebhookSecretPayload?: RotateWebhookSecretPayloadResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  UUID?: GraphQLScalarType;
  UpdateCampaignPayload?: UpdateCampaignPayloadResolvers<ContextType>;
  UpdateCampaignsPayload?: UpdateCampaignsPayloadResolvers<ContextType>;
  UpdateGroupPayload?: UpdateGroupPayloadResolvers<ContextType>;
  UpdateMemberPayload?: UpdateMemberPayloadResolvers<ContextType>;
  UpdateWebhookPayload?: UpdateWebhookPayloadResolvers<ContextType>;
  Upstream?: UpstreamResolvers<ContextType>;
  UpstreamBudget?: UpstreamBudgetResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  Webhook?: WebhookResolvers<ContextType>;
  WebhookFailure?: WebhookFailureResolvers<ContextType>;
  Workspace?: WorkspaceResolvers<ContextType>;
};

