import type { Database, WorkspaceWrite, WriteOptions } from '../database/database.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import type { Fate, MirroredCampaign } from '../model/mirror-campaigns.ts';
import { fateOf, mirrorCampaigns } from '../model/mirror-campaigns.ts';
import type { MirroredGroup } from '../model/mirror-groups.ts';
import { mirrorGroups } from '../model/mirror-groups.ts';
import { BY_UPSTREAM } from '../model/mirror.ts';
import { pendingSince } from '../model/upstream.ts';
import type { Asking } from './asking.ts';

/**
 * How often rows are tried when other objects have their names in the mirror. After each try but the last, the account is asked about
 * these objects. In the last try the rows get alternative names.
 */
const ROUNDS = 4;

/** When rows need the names of more objects than this, the account is not asked: the whole mirror is outdated, and sweeps correct it. */
const MAX_HELD = 10;

/** A whole page of rows is written in one transaction, which may take long. */
const LONG: WriteOptions = { long: true };

export interface ApplyParts {
  readonly database: Pick<Database, 'write'>;
  readonly workspace: WorkspaceId;
  readonly asking: Asking;
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
  readonly asked: Micros;
}

/** Brings groups up to date in one transaction. Throws RequestFailed when a request about the holder of a name fails. */
export async function applyGroups(parts: ApplyParts, { asked, ...given }: GroupsToApply): Promise<Applied> {
  const { database, workspace, asking, alongside } = parts;
  const rows = [...given.rows];
  const deleted = new Set(given.deleted);
  for (let round = 1; ; round += 1) {
    const result = await database.write(
      workspace,
      async (write) => {
        const pending = await pendingSince(write, workspace, asked);
        const settled = await mirrorGroups(write, workspace, BY_UPSTREAM, {
          ...given,
          rows: rows.filter((row) => !pending.has(row)),
          deleted: [...deleted].filter((uuid) => !pending.has({ uuid })),
          final: round === ROUNDS,
        });
        if (settled.held.length === 0) await alongside(write);
        return settled;
      },
      LONG,
    );
    if (result.held.length === 0) return result;
    if (result.held.length > MAX_HELD) round = ROUNDS - 1;
    else await askForGroups(asking, result.held, rows, deleted);
  }
}

async function askForGroups(
  asking: Asking,
  uuids: readonly string[],
  rows: MirroredGroup[],
  deleted: Set<string>,
): Promise<void> {
  for (const uuid of uuids) {
    const row = await asking.ask((client) => client.group(uuid));
    if (row) rows.push(row);
    else deleted.add(uuid);
  }
}

export interface CampaignsToApply {
  readonly rows: readonly MirroredCampaign[];
  readonly gone: ReadonlyMap<string, Fate>;
  /** When the rows were requested. Does not change objects whose write-through is running, or ended later or shortly before. */
  readonly asked: Micros;
}

/** Brings campaigns up to date in one transaction. Throws RequestFailed when a request about the holder of a name fails. */
export async function applyCampaigns(parts: ApplyParts, { asked, ...given }: CampaignsToApply): Promise<Applied> {
  const { database, workspace, asking, alongside } = parts;
  const rows = [...given.rows];
  const gone = new Map(given.gone);
  for (let round = 1; ; round += 1) {
    const result = await database.write(
      workspace,
      async (write) => {
        const pending = await pendingSince(write, workspace, asked);
        const settled = await mirrorCampaigns(write, workspace, BY_UPSTREAM, {
          rows: rows.filter((row) => !pending.has(row)),
          gone: new Map([...gone].filter(([uuid]) => !pending.has({ uuid }))),
          final: round === ROUNDS,
        });
        if (settled.held.length === 0 && settled.heldGroups.length === 0) await alongside(write);
        return settled;
      },
      LONG,
    );
    if (result.held.length === 0 && result.heldGroups.length === 0) return result;
    if (result.held.length + result.heldGroups.length > MAX_HELD) {
      round = ROUNDS - 1;
      continue;
    }
    for (const uuid of result.held) {
      const row = await asking.ask((client) => client.campaign(uuid));
      if (row) rows.push(row);
      else gone.set(uuid, fateOf(uuid, await asking.defined([uuid])));
    }
    if (result.heldGroups.length > 0) {
      const groups: MirroredGroup[] = [];
      const deleted = new Set<string>();
      await askForGroups(asking, result.heldGroups, groups, deleted);
      await applyGroups(
        { ...parts, alongside: async () => {} },
        { rows: groups, newer: null, counts: false, deleted: [...deleted], asked },
      );
    }
  }
}
