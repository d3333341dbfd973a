import DataLoader from 'dataloader';
import type { SeenRevisions, Session } from '../database/database.ts';
import type { ChangedType, WorkspaceId } from '../database/tables.ts';
import type { Campaign, CampaignFilter } from '../model/campaign.ts';
import { campaignList } from '../model/campaign-lookups.ts';
import type { Change, ChangedObject } from '../model/change.ts';
import type { FeedState } from '../model/feed-state.ts';
import { Changes } from '../model/changes.ts';
import { feedState } from '../model/feed-state.ts';
import type { Group, GroupSummary } from '../model/group.ts';
import { groupList, groupsByIds } from '../model/groups.ts';
import type { FilteredList } from '../model/workspace-list.ts';
import { childLists } from './child-lists.ts';

/** Reads for many objects of one request at once. Each loader is created on first use, because few requests need one. */
export class Loaders {
  readonly #session: Session;
  readonly #workspace: WorkspaceId;
  /** What is known of the revisions that the caller has seen; undefined where there is no replica. */
  readonly seen: SeenRevisions | undefined;
  #campaigns: ((groupId: number, filter: CampaignFilter) => FilteredList<Campaign>) | undefined;
  #groups: DataLoader<number, Group> | undefined;
  readonly #histories: Partial<Record<ChangedType, (uuid: string, filter: object) => FilteredList<Change>>> = {};
  #subjects: DataLoader<ChangedObject, Campaign | Group | null, string> | undefined;
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
  subject(object: ChangedObject): Promise<Campaign | Group | null> {
    this.#subjects ??= new DataLoader(
      async (objects: readonly ChangedObject[]) => {
        const uuidsOf = (wanted: ChangedType) => objects.flatMap(({ type, uuid }) => (type === wanted ? [uuid] : []));
        const found = new Map<string, Campaign | Group>();
        for (const one of await campaignList(this.#session, this.#workspace).byUuids(uuidsOf('Campaign'))) {
          found.set(keyOf({ type: 'Campaign', uuid: one.uuid }), one);
        }
        for (const one of await groupList(this.#session, this.#workspace).byUuids(uuidsOf('Group'))) {
          found.set(keyOf({ type: 'Group', uuid: one.uuid }), one);
        }
        return objects.map((one) => found.get(keyOf(one)) ?? null);
      },
      { cacheKeyFn: keyOf, maxBatchSize: MAX_SUBJECTS },
    );
    return this.#subjects.load(object);
  }

  /** The state of the feed before all that is read after the first call. */
  feedState(): Promise<FeedState> {
    this.#feedState ??= feedState(this.#session, this.#workspace);
    return this.#feedState;
  }

  /** The state of the feed after all that was read before this call. Simultaneous calls share a statement. */
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
