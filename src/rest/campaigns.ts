import { groupField, nameField, nameMessages, noSuchObject, REFUSED_GROUP, REFUSED_NAME } from './fields.ts';
import type { Endpoint, Exchange } from './endpoint.ts';
import { readMembers } from './endpoint.ts';
import type { CreateCampaignMutation, RestCampaignFragment } from './generated/operations.ts';
import { CreateCampaignDocument, ListCampaignsDocument, UpdateCampaignDocument } from './generated/operations.ts';
import { invalidCursor, pageLinks, pageVariables } from './page.ts';
import { notTime, notUuid } from './parameters.ts';
import { RestRefusal } from './refusal.ts';
import { restTime } from './time.ts';

/** `/api/v2/campaigns.json`. */
export const campaigns: Endpoint = { GET: list, POST: write };

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

/** Creates a campaign, or updates the one that `uuid` names. */
async function write(exchange: Exchange) {
  const { parameters, context, run } = exchange;
  const uuid = parameters.uuid();
  const { members, refusal } = await readMembers(exchange);
  const [name, group] = [nameField(members), groupField(members)];
  const fields = {
    name: 'value' in name ? name.value : REFUSED_NAME,
    group: 'value' in group ? { uuidOrName: group.value } : REFUSED_GROUP,
  };

  let payload: CreateCampaignMutation['createCampaign'];
  if (uuid === undefined) {
    if (refusal) throw refusal;
    const outcome = await run(CreateCampaignDocument, fields, context);
    payload = 'data' in outcome ? outcome.data.createCampaign : null;
  } else {
    const outcome = await run(UpdateCampaignDocument, { uuid, ...fields }, context);
    if ('unusable' in outcome) throw notUuid(uuid);
    payload = outcome.data.updateCampaign;
  }
  const errors = payload?.userErrors ?? [];
  // An archived campaign cannot be found here, and what cannot be found is told before what is wrong with the body.
  if (errors.some(({ code, field }) => code === 'ARCHIVED' || (code === 'NOT_FOUND' && field?.[0] === 'uuid'))) {
    throw new RestRefusal(404, 'No Campaign matches the given query.');
  }
  if (refusal) throw refusal;
  const nameProblems =
    'problem' in name ? [name.problem] : nameMessages(errors.filter(({ field }) => field?.[0] === 'name'));
  const groupProblems =
    'problem' in group
      ? [group.problem]
      : errors.filter(({ field }) => field?.[0] === 'group').map(() => noSuchObject(group.value));
  if (!payload?.campaign) {
    throw new RestRefusal(400, {
      ...(nameProblems.length && { name: nameProblems }),
      ...(groupProblems.length && { group: groupProblems }),
    });
  }
  return { status: uuid === undefined ? 201 : 200, body: show(payload.campaign) };
}

function show({ uuid, name, archived, group, createdOn }: RestCampaignFragment) {
  return { uuid, name, archived, group, created_on: restTime(createdOn) };
}
