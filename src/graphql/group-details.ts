import DataLoader from 'dataloader';
import type { Group, GroupSummary } from '../model/group.ts';
import type { Groups } from '../model/groups.ts';

/**
 * All of a group where a campaign has brought only its summary along: what most requests ask for of a campaign's group is
 * in the campaign's own row. The groups of a whole page are read at once.
 */
export class GroupDetails {
  readonly #loader: DataLoader<number, Group>;

  constructor(groups: Groups) {
    this.#loader = new DataLoader(async (ids: readonly number[]) => {
      const found = new Map((await groups.byIds(ids)).map((group) => [group.id, group]));
      return ids.map((id) => found.get(id) ?? new Error(`there is no group ${id}`));
    });
  }

  of(group: GroupSummary | Group): Group | Promise<Group> {
    return 'createdOn' in group ? group : this.#loader.load(group.id);
  }
}
