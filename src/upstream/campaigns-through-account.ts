import { lookupKey, nameOf, trimName } from '../model/names.ts';
import { archivedCampaign, conflict, notFound } from '../model/campaign-errors.ts';
import type { Campaign } from '../model/campaign.ts';
import type { Campaigns } from '../model/campaigns.ts';
import { campaignList } from '../model/campaigns.ts';
import type { GroupReference } from '../model/group.ts';
import type { MirroredCampaign } from '../model/mirror.ts';
import { notePending } from '../model/upstream.ts';
import { now } from '../model/time.ts';
import type { Result, UserError } from '../model/user-error.ts';
import { isOutdated } from '../model/user-error.ts';
import { parseUuid } from '../model/uuid.ts';
import type { AccountClient } from './account-client.ts';
import type { AccountWrite, AccountWrites } from './account-writes.ts';
import type { Attempt } from './carry-out.ts';
import { got, mapped } from './carry-out.ts';
import { mirrorWritten } from './mirror-written.ts';
import { unsupported, userErrorsOf } from './refusals.ts';

/** How far, in microseconds, the clock of an account may be behind for a campaign that it has made to count as new. */
const CLOCK_SKEW = 120_000_000;

/** What a campaign is to be. */
interface Wanted {
  readonly name: string;
  /** A UUID or a name. */
  readonly group: string;
}

/** The campaigns of a workspace that is kept in a live account: read from the mirror, and changed in the account first. */
export class CampaignsThroughAccount implements Pick<Campaigns, 'list' | 'create' | 'update' | 'errors' | 'delete'> {
  readonly #mirror: Campaigns;
  readonly #client: AccountClient;
  readonly #writes: AccountWrites;

  constructor(mirror: Campaigns, client: AccountClient, writes: AccountWrites) {
    this.#mirror = mirror;
    this.#client = client;
    this.#writes = writes;
  }

  get list() {
    return this.#mirror.list;
  }

  /** As far as the mirror knows. */
  errors(input: Parameters<Campaigns['errors']>[0]): Promise<UserError[]> {
    return this.#mirror.errors(input);
  }

  create(input: { name: string; group: GroupReference }): Promise<Result<Campaign>> {
    const wanted = { name: input.name, group: textOf(input.group) };
    return this.#writes.run({
      ...this.#write(null),
      attempt: async (since) => ({
        send: () => this.#client.createCampaign(wanted),
        // Names are unique: a new campaign of this name and group is the one that was sent.
        look: async () =>
          mapped(await this.#client.campaigns(null), ({ rows }) => {
            const row = rows.find((one) => isAs(one, wanted) && one.createdOn >= since - CLOCK_SKEW);
            return row ? { row } : null;
          }),
      }),
    });
  }

  /**
   * The account wants both the name and the group: the one that is not given is read there first. It has no revisions, so that
   * `expectedRevision` is compared with the mirror's.
   */
  async update(uuid: string, changes: Parameters<Campaigns['update']>[1]): Promise<Result<Campaign>> {
    const { name, group, archived, expectedRevision } = changes;
    if (name === undefined && !group) return this.#unchanged(uuid, archived, expectedRevision);
    return this.#writes.run({
      ...this.#write(uuid),
      check: async () => {
        const known = await this.#mirror.list.byUuid(uuid);
        if (known && isOutdated(expectedRevision, known)) return [conflict(known)];
        return archived !== undefined && known?.archived !== archived ? [unsupported('campaign', archived)] : [];
      },
      attempt: async (): Promise<Attempt<MirroredCampaign> | { errors: UserError[] }> => {
        const wanted = await this.#completed(uuid, name, group);
        if (!wanted) return { errors: [await this.#missing(uuid)] };
        return {
          send: () => this.#client.updateCampaign(uuid, wanted),
          look: async () =>
            mapped(await this.#client.campaign(uuid), (row) => (row && isAs(row, wanted) ? { row } : null)),
        };
      },
    });
  }

  async delete(uuid: string): Promise<Result<Campaign>> {
    const known = await this.#mirror.list.byUuid(uuid);
    return { errors: [known ? unsupported('campaign', null) : notFound(uuid)] };
  }

  /** What all writes of a campaign have in common. `uuid`: the one that is changed. */
  #write(uuid: string | null): Pick<AccountWrite<MirroredCampaign, Campaign>, 'errorsOf' | 'apply'> {
    const { workspace, author } = this.#writes.request;
    return {
      errorsOf: async ({ status, body }) => {
        const errors = userErrorsOf(status, body);
        const missing = uuid !== null && errors.some(({ code, field }) => code === 'NOT_FOUND' && field?.[0] === 'uuid');
        return missing ? [await this.#missing(uuid)] : errors;
      },
      apply: async (row) => {
        const apply = await mirrorWritten(this.#client, this.#writes.request, row);
        return async (write) => {
          await apply(write);
          await notePending(write, workspace, row.uuid, now());
          const campaign = await campaignList(write, workspace).byUuid(row.uuid);
          if (!campaign) throw new Error(`the campaign ${row.uuid} was not written`);
          return campaign;
        };
      },
    };
  }

  async #completed(uuid: string, name: string | undefined, group: GroupReference | undefined): Promise<Wanted | null> {
    if (name !== undefined && group) return { name, group: textOf(group) };
    const present = got(await this.#client.campaign(uuid));
    return present && { name: name ?? present.name, group: group ? textOf(group) : present.group.uuid };
  }

  /** Why the account has no such campaign. It does not show archived ones. */
  async #missing(uuid: string): Promise<UserError> {
    const known = await this.#mirror.list.byUuid(uuid);
    return known?.archived ? archivedCampaign(known) : notFound(uuid);
  }

  /** An update of neither the name nor the group. */
  async #unchanged(uuid: string, archived: boolean | undefined, expected: number | undefined): Promise<Result<Campaign>> {
    const known = await this.#mirror.list.byUuid(uuid);
    if (!known) return { errors: [notFound(uuid)] };
    if (isOutdated(expected, known)) return { errors: [conflict(known)] };
    const isSame = archived === undefined || archived === known.archived;
    return isSame ? { value: known } : { errors: [unsupported('campaign', archived)] };
  }
}

function textOf(group: GroupReference): string {
  return 'uuid' in group ? group.uuid : 'name' in group ? group.name : group.uuidOrName;
}

function isAs({ name, group }: MirroredCampaign, wanted: Wanted): boolean {
  const isGroup = group.uuid === parseUuid(wanted.group) || nameOf(group.name).key === lookupKey(wanted.group);
  return name === trimName(wanted.name) && isGroup;
}
