import { campaignFilter, unusableFilter } from './campaign-filter.ts';
import type { Endpoint, Reply, RestRequest } from './endpoint.ts';
import type { Fields, WriteError } from './fields.ts';
import { bodyError, readFields } from './fields.ts';
import type { CreateCampaignMutationVariables, RestCampaignFragment } from './generated/operations.ts';
import {
  CheckCampaignDocument,
  CreateCampaignDocument,
  ListCampaignsDocument,
  UpdateCampaignDocument,
} from './generated/operations.ts';
import { HttpError } from './http-error.ts';
import { dataOf } from './outcome.ts';
import { invalidCursor, pageVariables } from './page.ts';
import { pageBody, ROWS } from './rows.ts';
import { restTime } from './time.ts';

/** `/api/v2/campaigns.json`. */
export const campaigns: Endpoint = { GET: list, POST: write };

async function list({ http, parameters, run }: RestRequest): Promise<Reply> {
  const variables = { ...pageVariables(parameters.last('cursor')), ...campaignFilter(parameters) };
  const outcome = await run(ListCampaignsDocument, variables, ROWS);
  if ('unusable' in outcome) throw unusableFilter(parameters, outcome.unusable) ?? invalidCursor();
  return { status: 200, body: pageBody(http, outcome.data.campaigns, outcome.rows, show) };
}

/** Creates a campaign, or updates the one that `uuid` names. */
async function write(request: RestRequest): Promise<Reply> {
  const uuid = request.parameters.changedUuid();
  const fields = await readFields(request.http, ['name', 'group']);
  const { name, group } = fields.values;
  if (name === undefined || group === undefined) throw writeError(fields, await check(request, uuid, fields));
  const input = { name, group: { uuidOrName: group } };
  const written = uuid === undefined ? await create(request, input) : await update(request, uuid, input);
  if (!written?.campaign) throw writeError(fields, written?.userErrors ?? []);
  return { status: uuid === undefined ? 201 : 200, body: show(written.campaign) };
}

async function create({ run }: RestRequest, input: CreateCampaignMutationVariables) {
  return dataOf(await run(CreateCampaignDocument, input)).createCampaign;
}

async function update({ run }: RestRequest, uuid: string, input: CreateCampaignMutationVariables) {
  return dataOf(await run(UpdateCampaignDocument, { uuid, ...input })).updateCampaign;
}

/**
 * The errors of a write that cannot succeed because one of its fields has no value: those of the campaign, and those of the other field.
 * It runs a query, or nothing when there is nothing else to check.
 */
async function check(
  { run }: RestRequest,
  uuid: string | undefined,
  { values }: Fields,
): Promise<readonly WriteError[]> {
  const { name, group } = values;
  if (uuid === undefined && name === undefined && group === undefined) return [];
  const outcome = await run(CheckCampaignDocument, {
    ...(uuid !== undefined && { uuid }),
    ...(name !== undefined && { name }),
    ...(group !== undefined && { group: { uuidOrName: group } }),
  });
  return dataOf(outcome).campaignErrors;
}

/** The error for a refused write. REST does not show archived campaigns, so the error says that they do not exist. */
function writeError(fields: Fields, errors: readonly WriteError[]): HttpError {
  const missing = errors.some(
    ({ code, field }) => code === 'ARCHIVED' || (code === 'NOT_FOUND' && field?.[0] === 'uuid'),
  );
  return missing ? new HttpError(404, 'No Campaign matches the given query.') : bodyError(fields, errors);
}

/** A campaign in the form of API v2. */
function show(campaign: RestCampaignFragment) {
  return { ...campaign, created_on: restTime(campaign.created_on) };
}
