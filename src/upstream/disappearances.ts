import type { Session } from '../database/database.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import { fateOf } from '../model/mirror-campaigns.ts';
import { areGroupsInUse, mirroredUuids } from '../model/mirror.ts';
import { inParts } from '../model/parts.ts';
import { pendingSince } from '../model/upstream.ts';
import type { AccountLists } from './account-lists.ts';
import type { AccountReader } from './account-reader.ts';
import type { MirrorWriter } from './mirror-writer.ts';
import type { ListName } from './progress.ts';
import { disappearanceGuard } from './schedule.ts';

/** The account is asked about campaigns that are missing for the first time, with one request each, only if there are no more than this. */
const MAX_CONFIRMED = 10;

export interface DisappearancesParts {
  readonly reader: Session;
  readonly workspace: WorkspaceId;
  readonly account: AccountReader;
  readonly lists: AccountLists;
  readonly writer: MirrorWriter;
}

/** Deletes or archives in the mirror the groups and campaigns that are no longer in an account's lists. */
export class Disappearances {
  readonly #parts: DisappearancesParts;
  /** The UUIDs that were missing in the last complete reading of each list. */
  readonly #missing: Record<ListName, ReadonlySet<string>> = { groups: new Set(), campaigns: new Set() };

  constructor(parts: DisappearancesParts) {
    this.#parts = parts;
  }

  /**
   * Call it when a list was read to its end without an error. An object that the mirror has and the list does not have is gone, if it was
   * also missing in the reading before, or if the account confirms it. When too many are missing at once, the list is paused instead.
   * @param seen The UUIDs that the list has.
   * @param started When the reading began.
   * @param since The earliest time at which one of the list's pages was requested, in this reading or, if skipped, in an earlier one.
   */
  async conclude(list: ListName, seen: ReadonlySet<string>, started: Micros, since: Micros): Promise<void> {
    const { reader, workspace, lists, writer } = this.#parts;
    let mirrored = 0;
    const unseen: string[] = [];
    for await (const uuids of mirroredUuids(reader, workspace, list)) {
      mirrored += uuids.length;
      for (const uuid of uuids) if (!seen.has(uuid)) unseen.push(uuid);
    }
    const pending = await pendingSince(reader, workspace, started);
    const missing = unseen.filter((uuid) => !pending.has({ uuid }));
    const guard = disappearanceGuard(mirrored);
    const isMany = missing.length > guard;
    const isTooMuch = isMany && !(list === 'groups' && (await this.#areInUse(missing)));
    if (isTooMuch && !lists.accepted.has(list)) {
      lists.paused.set(list, `${missing.length} of ${mirrored} ${list}`);
      this.#missing[list] = new Set(missing);
      await writer.save();
      return;
    }
    const wasPaused = lists.paused.delete(list);
    // One answer of a person is for one disappearance. The next one must be confirmed again. This one is over when the rows are back.
    if (!isMany) lists.accepted.delete(list);
    // The pages that were read during the pause were not applied, so they must be read again.
    if (wasPaused) lists.forgetPages();
    const twice = missing.filter((uuid) => this.#missing[list].has(uuid));
    if (lists.paused.size === 0) {
      let left = 0;
      if (list === 'groups') for (const part of inParts(twice)) left += await writer.deleteGroups(part, started);
      else {
        await this.#leaveCampaigns(missing, twice, started);
        left = twice.length;
      }
      // The answer is used up only now, so that what an error of the account has left undone needs no other answer. Groups that campaigns
      // still have are not deleted yet, and need none when these campaigns have left, too.
      if (left > guard) lists.accepted.delete(list);
    }
    this.#missing[list] = new Set(missing);
    if (!wasPaused && lists.paused.size === 0) lists.complete[list] = since;
    await writer.save();
  }

  /**
   * Whether campaigns have all these groups. Then none of them is gone, because accounts delete no group that a campaign has: they leave
   * groups out of their list while they initialize them. While campaigns have disappeared, too, this says nothing.
   */
  async #areInUse(groups: readonly string[]): Promise<boolean> {
    const { reader, workspace, lists } = this.#parts;
    return !lists.paused.has('campaigns') && areGroupsInUse(reader, workspace, groups);
  }

  /**
   * A campaign that is missing for the second time is archived or deleted, as the account says. When only a few are missing for the
   * first time, the account is asked about each of them, because a campaign may have been restored after its page was read. Archived ones
   * are then archived here at once. Deleted ones wait for the second time, because the servers behind the account may differ. Each part
   * is written before the account is asked about the next one, so that an error of the account leaves less for the next reading.
   */
  async #leaveCampaigns(missing: readonly string[], twice: readonly string[], requestedOn: Micros): Promise<void> {
    const { account, writer } = this.#parts;
    const confirmed: string[] = [];
    const again = new Set(twice);
    const once = missing.filter((uuid) => !again.has(uuid));
    if (once.length <= MAX_CONFIRMED) {
      for (const uuid of once)
        if ((await account.read((client) => client.campaign(uuid))) === null) confirmed.push(uuid);
    }
    for (const part of inParts([...twice, ...confirmed])) {
      const defined = await account.defined(part);
      const gone = new Map(part.filter((uuid) => again.has(uuid)).map((uuid) => [uuid, fateOf(uuid, defined)]));
      for (const uuid of defined ?? []) gone.set(uuid, 'archived');
      if (gone.size > 0) await writer.leaveCampaigns(gone, requestedOn);
    }
  }
}
