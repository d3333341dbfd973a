import type { Database, WorkspaceWrite, WriteOptions } from '../database/database.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import type { Fate, MirroredCampaign } from '../model/mirror-campaigns.ts';
import { fateOf, mirrorCampaigns } from '../model/mirror-campaigns.ts';
import type { MirroredGroup } from '../model/mirror-groups.ts';
import { mirrorGroups } from '../model/mirror-groups.ts';
import type { Mirrored } from '../model/mirror.ts';
import { BY_UPSTREAM } from '../model/mirror.ts';
import type { PendingWrites } from '../model/upstream.ts';
import { pendingSince } from '../model/upstream.ts';
import type { AccountReader } from './account-reader.ts';

/** How often the account is asked about objects that have the rows' names in the mirror. Then the rows get alternative names. */
const MAX_ASKS = 3;

/** When rows need the names of more objects than this, the account is not asked: the whole mirror is outdated, and sweeps correct it. */
const MAX_HELD = 10;

/** A whole page of rows is written in one transaction, which may take long. */
const LONG: WriteOptions = { long: true };

export interface ApplyParts {
  readonly database: Pick<Database, 'write'>;
  readonly workspace: WorkspaceId;
  readonly account: AccountReader;
  /** Runs in the transaction that writes the rows. Throws when nothing may be written. */
  readonly alongside: (write: WorkspaceWrite) => Promise<void>;
}

export interface Applied {
  /** How many changes were recorded. */
  readonly changed: number;
}

export interface GroupsToApply {
  readonly rows: readonly MirroredGroup[];
  /** The UUID of the group right before the first row in the account's list; null when it is not known. */
  readonly newer: string | null;
  readonly counts: boolean;
  readonly deleted: readonly string[];
  /** When the rows were requested. Does not change objects whose write-through is running, or ended later or shortly before. */
  readonly requestedOn: Micros;
}

/** Brings groups up to date in one transaction. Throws RequestFailed when a request about the holder of a name fails. */
export async function applyGroups(parts: ApplyParts, { requestedOn, ...given }: GroupsToApply): Promise<Applied> {
  const { workspace, account } = parts;
  const rows = [...given.rows];
  const deleted = new Set(given.deleted);
  return untilNoneIsHeld(parts, requestedOn, {
    mirror: (write, pending, final) =>
      mirrorGroups(write, workspace, BY_UPSTREAM, {
        ...given,
        rows: rows.filter((row) => !pending.has(row)),
        deleted: [...deleted].filter((uuid) => !pending.has({ uuid })),
        final,
      }),
    ask: ({ held }) => askForGroups(account, held, rows, deleted),
  });
}

async function askForGroups(
  account: AccountReader,
  uuids: readonly string[],
  rows: MirroredGroup[],
  deleted: Set<string>,
): Promise<void> {
  for (const uuid of uuids) {
    const row = await account.read((client) => client.group(uuid));
    if (row) rows.push(row);
    else deleted.add(uuid);
  }
}

export interface CampaignsToApply {
  readonly rows: readonly MirroredCampaign[];
  readonly gone: ReadonlyMap<string, Fate>;
  /** When the rows were requested. Does not change objects whose write-through is running, or ended later or shortly before. */
  readonly requestedOn: Micros;
}

/** Brings campaigns up to date in one transaction. Throws RequestFailed when a request about the holder of a name fails. */
export async function applyCampaigns(parts: ApplyParts, { requestedOn, ...given }: CampaignsToApply): Promise<Applied> {
  const { workspace, account } = parts;
  const rows = [...given.rows];
  const gone = new Map(given.gone);
  return untilNoneIsHeld(parts, requestedOn, {
    mirror: (write, pending, final) =>
      mirrorCampaigns(write, workspace, BY_UPSTREAM, {
        rows: rows.filter((row) => !pending.has(row)),
        gone: new Map([...gone].filter(([uuid]) => !pending.has({ uuid }))),
        final,
      }),
    async ask({ held, heldGroups }) {
      for (const uuid of held) {
        const row = await account.read((client) => client.campaign(uuid));
        if (row) rows.push(row);
        else gone.set(uuid, fateOf(uuid, await account.defined([uuid])));
      }
      if (heldGroups.length === 0) return;
      const groups: MirroredGroup[] = [];
      const deleted = new Set<string>();
      await askForGroups(account, heldGroups, groups, deleted);
      await applyGroups(
        { ...parts, alongside: async () => {} },
        { rows: groups, newer: null, counts: false, deleted: [...deleted], requestedOn },
      );
    },
  });
}

/** A way to bring rows up to date when other objects may have their names in the mirror. */
interface Rows<Outcome> {
  /** Writes the rows but those with a pending write. See `final` of `CampaignRows`. */
  mirror(write: WorkspaceWrite, pending: PendingWrites, final: boolean): Promise<Outcome>;
  /** Asks the account about the objects that have the names, so that they are written with the rows the next time. */
  ask(outcome: Outcome): Promise<void>;
}

/** Writes the rows, and asks about the objects that have their names, until the rows are written. */
async function untilNoneIsHeld<Outcome extends Mirrored & { readonly heldGroups?: readonly string[] }>(
  { database, workspace, alongside }: ApplyParts,
  requestedOn: Micros,
  { mirror, ask }: Rows<Outcome>,
): Promise<Applied> {
  const countHeld = ({ held, heldGroups = [] }: Outcome): number => held.length + heldGroups.length;
  for (let asksLeft = MAX_ASKS; ;) {
    const final = asksLeft === 0;
    const outcome = await database.write(
      workspace,
      async (write) => {
        const tried = await mirror(write, await pendingSince(write, workspace, requestedOn), final);
        if (countHeld(tried) === 0) await alongside(write);
        return tried;
      },
      LONG,
    );
    const held = countHeld(outcome);
    if (held === 0) return outcome;
    if (held > MAX_HELD) asksLeft = 0;
    else {
      await ask(outcome);
      asksLeft -= 1;
    }
  }
}
