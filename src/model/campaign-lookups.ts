import { foldName } from '../encoding/fold.ts';
import type { Session } from '../database/database.ts';
import type { Flag, WorkspaceId } from '../database/tables.ts';
import type { Campaign } from './campaign.ts';
import { CAMPAIGNS } from './campaign.ts';
import { nameRepeated, takenBy } from './campaign-errors.ts';
import type { CampaignLookups } from './campaign-rules.ts';
import { live } from './conditions.ts';
import type { GroupReference, GroupSummary } from './group.ts';
import { findGroup } from './groups.ts';
import type { Name } from './names.ts';
import { parseName } from './names.ts';
import { inParts } from './parts.ts';
import { LoopTurns } from '../waiting/loop-turns.ts';
import { WorkspaceList } from './workspace-list.ts';

/** The campaigns of a workspace, read through a session. */
export function campaignList(session: Session, workspace: WorkspaceId) {
  return new WorkspaceList(CAMPAIGNS, session, workspace);
}

/** The lookups for a change of one campaign. Each lookup runs its own statement. */
export function lookupsFor(session: Session, workspace: WorkspaceId): CampaignLookups {
  return {
    campaign: (uuid) => campaignList(session, workspace).byUuid(uuid),
    async nameProblem({ key }, except = 0) {
      const other = await session.first('campaign of a name', { workspace, key, except }, (db, value) =>
        db
          .selectFrom('campaigns')
          .select(['name', 'is_archived'])
          .where('workspace_id', '=', value.workspace)
          .where('name_key', '=', value.key)
          .where(live('is_active'))
          .where('id', '!=', value.except),
      );
      return other ? takenBy(other) : null;
    },
    group: (reference) => findGroup(session, workspace, reference),
  };
}

/** The parts of a change in a list that need a look-up: the campaign's UUID, and its new name. */
export interface ListedInput {
  readonly uuid?: string | undefined;
  readonly name?: string | undefined;
}

/** Returns the lookups for the change at an index of the list. */
export type LookupsAt = (place: number) => CampaignLookups;

/**
 * Looks up what the rules need for many changes, with a few statements for all of them. The changes are checked as if they were
 * made at the same time: a name is free when its campaign gets another name in the same list. When two campaigns of the list would
 * get the same name, the second one is refused. The event loop turns while there are many.
 */
export async function lookupsForAll(
  session: Session,
  workspace: WorkspaceId,
  inputs: readonly ListedInput[],
  turns: LoopTurns = new LoopTurns(),
): Promise<LookupsAt> {
  const campaigns = await campaignsOf(session, workspace, inputs, turns);
  const names: (Name | null)[] = [];
  for (const { name } of inputs) {
    await turns.next();
    names.push(name === undefined ? null : parsedName(name));
  }
  const holders = await holdersOf(
    session,
    workspace,
    new Set(names.flatMap((name) => (name ? [name.key] : []))),
    turns,
  );
  const claims = new Map<string, number>();
  /** The ids of campaigns whose old name becomes free. A name that changes only in case does not become free. */
  const leaving = new Set<number>();
  for (const [place, name] of names.entries()) {
    if (!name) continue;
    await turns.next();
    if (!claims.has(name.key)) claims.set(name.key, place);
    const campaign = campaigns.get(inputs[place]?.uuid ?? '');
    if (campaign && foldName(campaign.name) !== name.key) leaving.add(campaign.id);
  }
  const groups = new Map<string, Promise<GroupSummary | null>>();

  const group = (reference: GroupReference): Promise<GroupSummary | null> => {
    const key = JSON.stringify(reference);
    let found = groups.get(key);
    if (!found) groups.set(key, (found = findGroup(session, workspace, reference)));
    return found;
  };
  const nameProblemAt = (place: number, name: Name, except: number | undefined) => {
    const holder = holders.get(name.key);
    // A campaign that keeps its name has the first right to it, wherever it is in the list.
    if (holder && !leaving.has(holder.id)) return holder.id === except ? null : takenBy(holder);
    const claim = claims.get(name.key) ?? place;
    return claim === place ? null : nameRepeated(name.text, claim);
  };
  return (place) => ({
    campaign: async (uuid) => campaigns.get(uuid) ?? null,
    nameProblem: async (name, except) => nameProblemAt(place, name, except),
    group,
  });
}

async function campaignsOf(
  session: Session,
  workspace: WorkspaceId,
  inputs: readonly ListedInput[],
  turns: LoopTurns,
): Promise<ReadonlyMap<string, Campaign>> {
  const uuids = [...new Set(inputs.flatMap(({ uuid }) => uuid ?? []))];
  const found = new Map<string, Campaign>();
  for (const some of inParts(uuids)) {
    await turns.next();
    for (const campaign of await campaignList(session, workspace).byUuids(some)) found.set(campaign.uuid, campaign);
  }
  return found;
}

/** A campaign that has a name. */
interface NameHolder {
  readonly id: number;
  readonly name: string;
  readonly is_archived: Flag;
}

/** The campaigns that have one of the names, by the folded names. */
async function holdersOf(
  session: Session,
  workspace: WorkspaceId,
  keys: ReadonlySet<string>,
  turns: LoopTurns,
): Promise<ReadonlyMap<string, NameHolder>> {
  const found = new Map<string, NameHolder>();
  for (const some of inParts([...keys])) {
    await turns.next();
    const rows = await session.all('campaigns of names', { workspace, keys: some }, (db, slots) =>
      db
        .selectFrom('campaigns')
        .select(['id', 'name', 'name_key', 'is_archived'])
        .where('workspace_id', '=', slots.workspace)
        .where('name_key', 'in', slots.keys)
        .where(live('is_active')),
    );
    for (const { name_key: key, ...holder } of rows) found.set(key, holder);
  }
  return found;
}

function parsedName(input: string): Name | null {
  const parsed = parseName(input);
  return 'value' in parsed ? parsed.value : null;
}
