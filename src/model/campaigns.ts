import type { Author, DataAccess, WorkspaceWrite, WriteOptions } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import type { Campaign } from './campaign.ts';
import { repeated } from './campaign-errors.ts';
import type { ImportPlan, ImportRow } from './campaign-import.ts';
import { listedRow, planImport } from './campaign-import.ts';
import type { ListedInput } from './campaign-lookups.ts';
import { campaignList, lookupsFor, lookupsForAll } from './campaign-lookups.ts';
import type { CampaignChange, CampaignLookups, CampaignValues, NewCampaign } from './campaign-rules.ts';
import { judgeCreation, judgeDeletion, judgeFields, judgeUpdate } from './campaign-rules.ts';
import { writeCampaigns } from './campaign-writes.ts';
import type { GroupReference } from './group.ts';
import type { Result, UserError } from './user-error.ts';
import { LoopTurns } from '../waiting/loop-turns.ts';

/** New values for the campaign with a UUID. */
export interface CampaignUpdate extends CampaignValues {
  readonly uuid: string;
}

/** A campaign to be deleted. */
export interface CampaignDeletion {
  readonly uuid: string;
  readonly expectedRevision?: number | undefined;
}

/** The maximum number of errors in the result of an import. The plan has all errors. */
export const MAX_IMPORT_ERRORS = 100;

/** A write of this many campaigns, or more, counts as long. It takes some tens of milliseconds. */
const LONG_FROM = 50;

/** The result of an import. */
export interface ImportOutcome extends Pick<ImportPlan, 'counts' | 'fingerprint'> {
  readonly imported: boolean;
  /** Why rows are refused: the first MAX_IMPORT_ERRORS errors. */
  readonly errors: readonly UserError[];
}

/** The campaigns of one workspace: their list, and the changes of them. The rules are in campaign-rules.ts. */
export class Campaigns {
  readonly #database: DataAccess;
  readonly #workspace: WorkspaceId;
  readonly #author: Author;

  /** `author` is recorded with each change. */
  constructor(database: DataAccess, workspace: WorkspaceId, author: Author) {
    this.#database = database;
    this.#workspace = workspace;
    this.#author = author;
  }

  /** The campaigns as committed, read outside any transaction. */
  get list() {
    return campaignList(this.#database.reader, this.#workspace);
  }

  /** Creates a campaign. The result has the errors of all fields together. */
  async create(input: NewCampaign): Promise<Result<Campaign>> {
    return this.#change((lookups) => judgeCreation(lookups, input), { adds: true });
  }

  /**
   * Changes the given fields. An archived campaign must be restored first, or in the same call. The result has the errors
   * of all fields together; when there are any, nothing has changed. When `expectedRevision` is not the campaign's revision,
   * the only error is CONFLICT.
   */
  async update(uuid: string, values: CampaignValues): Promise<Result<Campaign>> {
    return this.#change((lookups) => judgeUpdate(lookups, uuid, values));
  }

  /**
   * The errors that `create` would find in these fields, or `update` when `uuid` is given. Nothing is written. A missing
   * field is not checked. An archived campaign is always an error.
   */
  async errors(input: {
    uuid?: string | undefined;
    name?: string | undefined;
    group?: GroupReference | undefined;
  }): Promise<UserError[]> {
    return judgeFields(lookupsFor(this.#database.reader, this.#workspace), input);
  }

  /**
   * Deletes a campaign, archived or not. Returns the campaign as it was before. When `expectedRevision` is not the campaign's
   * revision, the error is CONFLICT.
   */
  async delete(uuid: string, expectedRevision?: number): Promise<Result<Campaign>> {
    return this.#change((lookups) => judgeDeletion(lookups, uuid, expectedRevision));
  }

  // createMany, updateMany and deleteMany change all campaigns of a list or none. The result has the errors of all campaigns. The
  // `field` of an error begins with `campaigns` and the campaign's index in the list. The changes are checked as if they were made at
  // the same time: see lookupsForAll.

  /** Creates campaigns. Returns them in the order of the list. */
  async createMany(inputs: readonly NewCampaign[]): Promise<Result<Campaign[]>> {
    return this.#changeAll(inputs, judgeCreation);
  }

  /** Changes the given fields of each campaign, as `update` does. Returns the campaigns in the order of the list. */
  async updateMany(updates: readonly CampaignUpdate[]): Promise<Result<Campaign[]>> {
    return this.#changeAll(updates, (lookups, { uuid, ...values }) => judgeUpdate(lookups, uuid, values));
  }

  /** Deletes campaigns. Returns them as they were before, in the order of the list. */
  async deleteMany(deletions: readonly CampaignDeletion[]): Promise<Result<Campaign[]>> {
    return this.#changeAll(deletions, (lookups, { uuid, expectedRevision }) =>
      judgeDeletion(lookups, uuid, expectedRevision),
    );
  }

  /** What `import` would do with the rows of a table. Nothing is written. */
  async planImport(rows: readonly ImportRow[]): Promise<ImportPlan> {
    const { reader } = this.#database;
    // Others write meanwhile, and should not wait behind many plans of one workspace.
    const turns = new LoopTurns(this.#workspace);
    return planImport(rows, await lookupsForAll(reader, this.#workspace, rows.map(listedRow), turns), turns);
  }

  /**
   * Creates and changes the campaigns of the rows of a table: all of them or none. It changes none when a row is refused, or when
   * `expected` is given and is not the fingerprint of the current plan.
   */
  async import(rows: readonly ImportRow[], expected?: string): Promise<ImportOutcome> {
    return this.#database.write(
      this.#workspace,
      async (write) => {
        const plan = await planImport(rows, await lookupsForAll(write, this.#workspace, rows.map(listedRow)));
        const { changes, counts, fingerprint } = plan;
        const imported = counts.refuse === 0 && (expected === undefined || expected === fingerprint);
        if (imported) await this.#write(write, changes);
        const errors = plan.rows.flatMap((row, place) => row.errors.map((error) => ofItem('rows', place, error)));
        return { imported, counts, fingerprint, errors: errors.slice(0, MAX_IMPORT_ERRORS) };
      },
      { long: rows.length >= LONG_FROM },
    );
  }

  async #change(
    judge: (lookups: CampaignLookups) => Promise<Result<CampaignChange>>,
    options?: WriteOptions,
  ): Promise<Result<Campaign>> {
    const change = async (write: WorkspaceWrite): Promise<Result<Campaign>> => {
      const judged = await judge(lookupsFor(write, this.#workspace));
      if ('errors' in judged) return judged;
      const [campaign] = await this.#write(write, [judged.value]);
      if (!campaign) throw new Error('a change of a campaign gives a campaign');
      return { value: campaign };
    };
    return this.#database.write(this.#workspace, change, options);
  }

  async #changeAll<Input extends ListedInput>(
    inputs: readonly Input[],
    judge: (lookups: CampaignLookups, input: Input) => Promise<Result<CampaignChange>>,
  ): Promise<Result<Campaign[]>> {
    return this.#database.write(
      this.#workspace,
      async (write) => {
        const turns = new LoopTurns();
        const lookupsAt = await lookupsForAll(write, this.#workspace, inputs, turns);
        const named = new Set<string>();
        const changes: CampaignChange[] = [];
        const errors: UserError[] = [];
        for (const [place, input] of inputs.entries()) {
          await turns.next();
          const { uuid } = input;
          const judged =
            uuid !== undefined && named.has(uuid) ? { errors: [repeated(uuid)] } : await judge(lookupsAt(place), input);
          if (uuid !== undefined) named.add(uuid);
          if ('value' in judged) changes.push(judged.value);
          else errors.push(...judged.errors.map((error) => ofItem('campaigns', place, error)));
        }
        return errors.length ? { errors } : { value: await this.#write(write, changes) };
      },
      { long: inputs.length >= LONG_FROM },
    );
  }

  #write(write: WorkspaceWrite, changes: readonly CampaignChange[]): Promise<Campaign[]> {
    return writeCampaigns(write, this.#workspace, this.#author, changes);
  }
}

/** The error of one item of a list, with the path of the item. */
function ofItem(list: string, place: number, error: UserError): UserError {
  return { ...error, field: [list, `${place}`, ...(error.field ?? [])] };
}
