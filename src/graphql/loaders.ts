import DataLoader from 'dataloader';
import type { SeenRevisions, Session } from '../database/database.ts';
import type { ChangedType, WorkspaceId } from '../database/tables.ts';
import type { ApiToken } from '../model/api-token.ts';
import { apiTokenList } from '../model/api-tokens.ts';
import type { Campaign, CampaignFilter } from '../model/campaign.ts';
import { campaignList } from '../model/campaign-lookups.ts';
import type { Change, ChangedObject } from '../model/change.ts';
import { CHANGED_TYPES } from '../model/change.ts';
import type { FeedState } from '../model/feed-state.ts';
import { Changes } from '../model/changes.ts';
import { feedState } from '../model/feed-state.ts';
import type { Group, GroupSummary } from '../model/group.ts';
import { groupList, groupsByIds } from '../model/groups.ts';
import type { Member } from '../model/member.ts';
import { memberList, membersOf } from '../model/member-list.ts';
import type { FilteredList } from '../model/workspace-list.ts';
import { childLists } from './child-lists.ts';

/** An object whose changes are recorded, of any type. */
type Subject = Campaign | Group | Member | ApiToken;

/** The list of each type. */
const LISTS = {
  Campaign: campaignList,
  Group: groupList,
  Member: memberList,
  ApiToken: apiTokenList,
} satisfies Record<ChangedType, unknown>;

/** Reads for many objects of one request at once. Each loader is created on first use, because few requests need one. */
export class Loaders {
  readonly #session: Session;
  readonly #workspace: WorkspaceId;
  /** What is known of the revisions that the caller has seen; undefined where there is no replica. */
  readonly seen: SeenRevisions | undefined;
  #campaigns: ((groupId: number, filter: CampaignFilter) => FilteredList<Campaign>) | undefined;
  #groups: DataLoader<number, Group> | undefined;
  readonly #histories: Partial<Record<ChangedType, (uuid: string, filter: object) => FilteredList<Change>>> = {};
  #subjects: DataLoader<ChangedObject, Subject | null, string> | undefined;
  #members: DataLoader<number, Member | null> | undefined;
  #feedState: Promise<FeedState> | undefined;
  #presentFeedState: DataLoader<WorkspaceId, FeedState> | undefined;

  constructor(session: Session, workspace: WorkspaceId, seen?: SeenRevisions) {
    this.#session = session;
    this.#workspace = workspace;
    this.seen = seen;
  }

  /** The campaigns of one group that the filter matches. */
  campaignsOf(groupId: number, filter: CampaignFilter): FilteredList<Campaign> {
    this.#campaigns ??= childLists(campaignList(this.#session, this.#workspace), 'group');
    return this.#campaigns(groupId, filter);
  }

  /**
   * The whole group. Campaigns are read with a summary of their group only, because most requests need no more. The
   * groups of a page are read in one statement.
   */
  wholeGroup(group: GroupSummary | Group): Group | Promise<Group> {
    if ('createdOn' in group) return group;
    this.#groups ??= new DataLoader(async (ids: readonly number[]) => {
      const found = new Map((await groupsByIds(this.#session, this.#workspace, ids)).map((one) => [one.id, one]));
      return ids.map((id) => found.get(id) ?? new Error(`there is no group ${id}`));
    });
    return this.#groups.load(group.id);
  }

  /** The changes of one object. */
  historyOf({ type, uuid }: ChangedObject): FilteredList<Change> {
    this.#histories[type] ??= childLists(new Changes(this.#session, this.#workspace), type);
    return this.#histories[type](uuid, {});
  }

  /** The object as it is now; null when it is gone. The objects of a page are read in one statement for each type. */
  subject(object: ChangedObject): Promise<Subject | null> {
    this.#subjects ??= new DataLoader(
      async (objects: readonly ChangedObject[]) => {
        const found = new Map<string, Subject>();
        for (const type of CHANGED_TYPES) {
          const uuids = objects.flatMap((one) => (one.type === type ? [one.uuid] : []));
          for (const one of await LISTS[type](this.#session, this.#workspace).byUuids(uuids)) {
            found.set(keyOf({ type, uuid: one.uuid }), one);
          }
        }
        return objects.map((one) => found.get(keyOf(one)) ?? null);
      },
      { cacheKeyFn: keyOf, maxBatchSize: MAX_SUBJECTS },
    );
    return this.#subjects.load(object);
  }

  /** The member for this user; null when the user has left. The members of a page are read in one statement. */
  member(userId: number): Promise<Member | null> {
    this.#members ??= new DataLoader(
      async (userIds: readonly number[]) => {
        const members = await membersOf(this.#session, this.#workspace, userIds);
        const found = new Map(members.map((one) => [one.userId, one]));
        return userIds.map((id) => found.get(id) ?? null);
      },
      { maxBatchSize: MAX_SUBJECTS },
    );
    return this.#members.load(userId);
  }

  /** The state of the feed, read at the first call. Everything that is read after that call is at least as new. */
  feedState(): Promise<FeedState> {
    this.#feedState ??= feedState(this.#session, this.#workspace);
    return this.#feedState;
  }

  /**
   * The state of the feed, read after this call. It is at least as new as all that was read before. Simultaneous calls share a
   * statement.
   */
  presentFeedState(): Promise<FeedState> {
    this.#presentFeedState ??= new DataLoader(
      async (calls: readonly WorkspaceId[]) => {
        const state = await feedState(this.#session, this.#workspace);
        return calls.map(() => state);
      },
      { cache: false },
    );
    return this.#presentFeedState.load(this.#workspace);
  }
}

/** How many objects one statement looks up. */
const MAX_SUBJECTS = 250;

const keyOf = ({ type, uuid }: ChangedObject): string => `${type} ${uuid}`;
