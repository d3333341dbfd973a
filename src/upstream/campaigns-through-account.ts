import type { Micros } from '../database/tables.ts';
import { parseUuid } from '../encoding/uuid.ts';
import { archivedCampaign } from '../model/campaign-errors.ts';
import type { Campaign } from '../model/campaign.ts';
import type { ImportPlan } from '../model/campaign-import.ts';
import { campaignList } from '../model/campaign-lookups.ts';
import type { Campaigns, ImportOutcome } from '../model/campaigns.ts';
import type { GroupReference } from '../model/group.ts';
import { referenceText } from '../model/group.ts';
import type { MirroredCampaign } from '../model/mirror-campaigns.ts';
import { lookupKey, nameOf, trimName } from '../model/names.ts';
import { clockTime, MINUTE } from '../model/time.ts';
import { notePending } from '../model/upstream.ts';
import type { Result, UserError } from '../model/user-error.ts';
import { conflict, isOutdated, notFound } from '../model/user-error.ts';
import type { AccountClient } from './account-client.ts';
import type { AccountWrite, AccountWrites } from './account-writes.ts';
import { mapped, valueBeforeWrite } from './carry-out.ts';
import { mirrorWrittenCampaign } from './mirror-written.ts';
import { notAtOnce, unsupported, userErrorsOf } from './refusals.ts';

/**
 * How far an account's clock may be behind this server's clock. So a campaign that a write has created may have a creation time that is
 * earlier than the write by up to this much.
 */
const CLOCK_SKEW: Micros = 2 * MINUTE;

/** What a request can do with campaigns, wherever they are kept. */
export type CampaignActions = Pick<
  Campaigns,
  | 'list'
  | 'create'
  | 'update'
  | 'errors'
  | 'delete'
  | 'createMany'
  | 'updateMany'
  | 'deleteMany'
  | 'planImport'
  | 'import'
>;

/** The name and the group that a campaign will get. */
interface Wanted {
  readonly name: string;
  /** A UUID or a name. */
  readonly group: string;
}

/**
 * The campaigns of a workspace. When they are kept in a live account, reads use the mirror, and writes change the account first and then
 * the mirror. When they are kept here, everything works as it does without accounts.
 */
export class CampaignsThroughAccount implements CampaignActions {
  readonly #local: Campaigns;
  readonly #writes: () => Promise<AccountWrites | null>;

  /** @param writes Resolves with null where the campaigns are kept here. */
  constructor(local: Campaigns, writes: () => Promise<AccountWrites | null>) {
    this.#local = local;
    this.#writes = writes;
  }

  get list() {
    return this.#local.list;
  }

  /** The errors that the mirror shows. The account may find others. */
  errors(input: Parameters<Campaigns['errors']>[0]): Promise<UserError[]> {
    return this.#local.errors(input);
  }

  async create(input: { name: string; group: GroupReference }): Promise<Result<Campaign>> {
    const writes = await this.#writes();
    if (!writes) return this.#local.create(input);
    const { client } = writes;
    const wanted = { name: input.name, group: referenceText(input.group) };
    return writes.run({
      ...this.#write(writes, null),
      target: lookupKey(trimName(input.name)),
      attempt: async (since) => ({
        send: () => client.createCampaign(wanted),
        // Names are unique: a new campaign of this name and group is the one that was sent.
        readBack: async () =>
          mapped(await client.campaigns(null), ({ rows }) => {
            const row = rows.find((one) => isAs(one, wanted) && one.createdOn >= since - CLOCK_SKEW);
            return row ? { row } : null;
          }),
      }),
    });
  }

  /**
   * The account requires both the name and the group: the one that is not given is first read from the account. The account has no
   * revisions, so `expectedRevision` is compared with the mirror's revision.
   */
  async update(uuid: string, changes: Parameters<Campaigns['update']>[1]): Promise<Result<Campaign>> {
    const writes = await this.#writes();
    if (!writes) return this.#local.update(uuid, changes);
    const { name, group, archived, expectedRevision } = changes;
    if (name === undefined && !group) return this.#unchanged(uuid, archived, expectedRevision);
    const { client } = writes;
    return writes.run({
      ...this.#write(writes, uuid),
      target: uuid,
      check: async () => {
        const known = await this.list.byUuid(uuid);
        if (known && isOutdated(expectedRevision, known)) return [conflict(known, known.name)];
        return archived !== undefined && known?.archived !== archived
          ? [unsupported(archived ? 'archived' : 'restored')]
          : [];
      },
      attempt: async () => {
        const wanted = await completed(client, uuid, name, group);
        if (!wanted) return { errors: [await this.#missing(uuid)] };
        return {
          send: () => client.updateCampaign(uuid, wanted),
          readBack: async () =>
            mapped(await client.campaign(uuid), (row) => (row && isAs(row, wanted) ? { row } : null)),
        };
      },
    });
  }

  async delete(uuid: string, expectedRevision?: number): Promise<Result<Campaign>> {
    if (!(await this.#writes())) return this.#local.delete(uuid, expectedRevision);
    const known = await this.list.byUuid(uuid);
    return { errors: [known ? unsupported('deleted') : notFound('campaign', uuid)] };
  }

  async createMany(inputs: Parameters<Campaigns['createMany']>[0]): Promise<Result<Campaign[]>> {
    return (await this.#writes()) ? { errors: [notAtOnce()] } : this.#local.createMany(inputs);
  }

  async updateMany(updates: Parameters<Campaigns['updateMany']>[0]): Promise<Result<Campaign[]>> {
    return (await this.#writes()) ? { errors: [notAtOnce()] } : this.#local.updateMany(updates);
  }

  async deleteMany(deletions: Parameters<Campaigns['deleteMany']>[0]): Promise<Result<Campaign[]>> {
    return (await this.#writes()) ? { errors: [notAtOnce()] } : this.#local.deleteMany(deletions);
  }

  /** The plan for the data of the mirror. */
  planImport(rows: Parameters<Campaigns['planImport']>[0]): Promise<ImportPlan> {
    return this.#local.planImport(rows);
  }

  async import(...[rows, expected]: Parameters<Campaigns['import']>): Promise<ImportOutcome> {
    if (!(await this.#writes())) return this.#local.import(rows, expected);
    const { counts, fingerprint } = await this.planImport(rows);
    return { imported: false, counts, fingerprint, errors: [notAtOnce()] };
  }

  /** What creating and updating a campaign have in common. `uuid` is the updated campaign; null for a new one. */
  #write(
    { client, request }: AccountWrites,
    uuid: string | null,
  ): Pick<AccountWrite<MirroredCampaign, Campaign>, 'errorsOf' | 'apply'> {
    const { workspace } = request;
    return {
      errorsOf: async (refused) => {
        const errors = userErrorsOf(refused, uuid);
        const missing =
          uuid !== null && errors.some(({ code, field }) => code === 'NOT_FOUND' && field?.[0] === 'uuid');
        return missing ? [await this.#missing(uuid)] : errors;
      },
      apply: async (row) => {
        const apply = await mirrorWrittenCampaign(client, request, row);
        return async (write) => {
          await apply(write);
          await notePending(write, workspace, row.uuid, clockTime());
          const campaign = await campaignList(write, workspace).byUuid(row.uuid);
          if (!campaign) throw new Error(`the campaign ${row.uuid} was not written`);
          return campaign;
        };
      },
    };
  }

  /** The error for a campaign that the account does not show: it is archived, or it does not exist. */
  async #missing(uuid: string): Promise<UserError> {
    const known = await this.list.byUuid(uuid);
    return known?.archived ? archivedCampaign(known) : notFound('campaign', uuid);
  }

  /** An update of neither the name nor the group. */
  async #unchanged(
    uuid: string,
    archived: boolean | undefined,
    expected: number | undefined,
  ): Promise<Result<Campaign>> {
    const known = await this.list.byUuid(uuid);
    if (!known) return { errors: [notFound('campaign', uuid)] };
    if (isOutdated(expected, known)) return { errors: [conflict(known, known.name)] };
    const isSame = archived === undefined || archived === known.archived;
    return isSame ? { value: known } : { errors: [unsupported(archived ? 'archived' : 'restored')] };
  }
}

/** The campaign's new name and group. Reads what is not given from the account. Returns null when the account lacks the campaign. */
async function completed(
  client: AccountClient,
  uuid: string,
  name: string | undefined,
  group: GroupReference | undefined,
): Promise<Wanted | null> {
  if (name !== undefined && group) return { name, group: referenceText(group) };
  const present = valueBeforeWrite(await client.campaign(uuid));
  return present && { name: name ?? present.name, group: group ? referenceText(group) : present.group.uuid };
}

function isAs({ name, group }: MirroredCampaign, wanted: Wanted): boolean {
  const isGroup = group.uuid === parseUuid(wanted.group) || nameOf(group.name).key === lookupKey(wanted.group);
  return name === trimName(wanted.name) && isGroup;
}
