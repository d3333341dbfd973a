import type { Database, WorkspaceWrite, WriteOptions } from '../database/database.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import type { Fate, MirroredCampaign } from '../model/mirror-campaigns.ts';
import { mirrorCampaigns } from '../model/mirror-campaigns.ts';
import type { MirroredGroup } from '../model/mirror-groups.ts';
import { mirrorGroups } from '../model/mirror-groups.ts';
import { BY_UPSTREAM } from '../model/mirror.ts';
import { pendingSince } from '../model/upstream.ts';
import type { Asking } from './asking.ts';

/** How often rows are tried that have names of others, before they get alternative names. Each time the account is asked about those. */
const ROUNDS = 4;

/** More names than this are not asked about: the account is at odds with the mirror as a whole, and the sweep sets it right. */
const MAX_HELD = 10;

/** Pages of rows are written at once. */
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
  /** The group before the first of the rows in the list, if that is known. */
  readonly newer: string | null;
  readonly counts: boolean;
  readonly deleted: readonly string[];
  /** When they were asked for. What is being written through, or was later or shortly before, is left as it is. */
  readonly asked: Micros;
}

/** Brings groups up to date in one transaction. Throws RequestFailed when the account does not answer what must be known for it. */
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
  /** When they were asked for. What is being written through, or was later or shortly before, is left as it is. */
  readonly asked: Micros;
}

/** Brings campaigns up to date in one transaction. Throws RequestFailed when the account does not answer what must be known for it. */
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
      else gone.set(uuid, await asking.fateOf(uuid));
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
