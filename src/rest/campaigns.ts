import type { Members } from './body.ts';
import { groupField, groupProblems, nameField, nameProblems, REFUSED_GROUP, REFUSED_NAME } from './fields.ts';
import type { Endpoint, Exchange } from './endpoint.ts';
import type { CreateCampaignMutation, RestCampaignFragment } from './generated/operations.ts';
import { CreateCampaignDocument, ListCampaignsDocument, UpdateCampaignDocument } from './generated/operations.ts';
import { invalidCursor, pageLinks, pageVariables } from './page.ts';
import { notTime, notUuid } from './parameters.ts';
import { RestRefusal } from './refusal.ts';
import { restTime } from './time.ts';
import type { Writing, Written } from './write.ts';
import { write } from './write.ts';

/** `/api/v2/campaigns.json`. */
export const campaigns: Endpoint = { GET: list, POST: (exchange) => write(exchange, writing) };

async function list({ request, parameters, context, run }: Exchange) {
  const uuid = parameters.uuid();
  const group = parameters.last('group');
  const [before, after] = [parameters.time('before'), parameters.time('after')];
  const outcome = await run(
    ListCampaignsDocument,
    {
      ...pageVariables(parameters.last('cursor')),
      archived: archivedFilter(uuid, parameters.last('archived')),
      ...(uuid !== undefined && { uuids: [uuid] }),
      ...(group !== undefined && { group: { uuidOrName: group } }),
      ...(before !== undefined && { createdBefore: before }),
      ...(after !== undefined && { createdAfter: after }),
    },
    context,
  );
  if ('unusable' in outcome) {
    if (outcome.unusable === 'uuids') throw notUuid(uuid);
    if (outcome.unusable === 'createdBefore') throw notTime('before', before);
    if (outcome.unusable === 'createdAfter') throw notTime('after', after);
    throw invalidCursor();
  }
  const { nodes, pageInfo } = outcome.data.campaigns;
  return { status: 200, body: { ...pageLinks(request, pageInfo), results: nodes.map(show) } };
}

/** Ours in addition. A single campaign is asked for by `uuid` as before: one that is archived is not found. */
function archivedFilter(uuid: string | undefined, value = 'false'): boolean | null {
  if (uuid !== undefined) return false;
  switch (value.toLowerCase()) {
    case 'false':
      return false;
    case 'true':
      return true;
    case 'all':
      return null;
    default:
      throw new RestRefusal(400, `Param 'archived': ${value} is not one of true, false, all.`);
  }
}

const writing: Writing<RestCampaignFragment> = {
  async create({ context, run }, members) {
    const outcome = await run(CreateCampaignDocument, fields(members), context);
    return written('data' in outcome ? outcome.data.createCampaign : null);
  },
  async update({ context, run }, uuid, members) {
    const outcome = await run(UpdateCampaignDocument, { uuid, ...fields(members) }, context);
    return 'data' in outcome ? written(outcome.data.updateCampaign) : null;
  },
  refuseWhole(errors) {
    // An archived campaign cannot be found here.
    if (errors.some(({ code, field }) => code === 'ARCHIVED' || (code === 'NOT_FOUND' && field?.[0] === 'uuid'))) {
      throw new RestRefusal(404, 'No Campaign matches the given query.');
    }
  },
  problems(members, errors) {
    const name = nameProblems(members, errors);
    const group = groupProblems(members, errors);
    return { ...(name.length && { name }), ...(group.length && { group }) };
  },
  show,
};

/** What the model is to judge: with a stand-in for a member that has no value, so that it judges the other all the same. */
function fields(members: Members) {
  const [name, group] = [nameField(members), groupField(members)];
  return {
    name: 'value' in name ? name.value : REFUSED_NAME,
    group: 'value' in group ? { uuidOrName: group.value } : REFUSED_GROUP,
  };
}

function written(payload: CreateCampaignMutation['createCampaign']): Written<RestCampaignFragment> {
  return { node: payload?.campaign, errors: payload?.userErrors ?? [] };
}

function show({ uuid, name, archived, group, createdOn }: RestCampaignFragment) {
  return { uuid, name, archived, group, created_on: restTime(createdOn) };
}
