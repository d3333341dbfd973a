import type { Members } from './body.ts';
import { nameField, nameProblems, REFUSED_NAME } from './fields.ts';
import type { Endpoint, Exchange } from './endpoint.ts';
import type { CreateGroupMutation, RestGroupFragment } from './generated/operations.ts';
import {
  CreateGroupDocument,
  DeleteGroupDocument,
  ListGroupsDocument,
  UpdateGroupDocument,
} from './generated/operations.ts';
import { invalidCursor, pageLinks, pageVariables } from './page.ts';
import { notUuid } from './parameters.ts';
import { RestRefusal } from './refusal.ts';
import type { WriteError, Writing, Written } from './write.ts';
import { write } from './write.ts';

/** `/api/v2/groups.json`. */
export const groups: Endpoint = { GET: list, POST: (exchange) => write(exchange, writing), DELETE: remove };

/** What existing servers take for yes. */
const YES = new Set(['true', 'y', 'yes', '1']);

async function list({ request, parameters, context, run }: Exchange) {
  parameters.onlyOneOf('uuid', 'name');
  const uuid = parameters.uuid();
  const name = parameters.last('name');
  const manualOnly = YES.has(parameters.last('manual_only')?.toLowerCase() ?? '');
  const outcome = await run(
    ListGroupsDocument,
    {
      ...pageVariables(parameters.last('cursor')),
      ...(uuid !== undefined && { uuids: [uuid] }),
      ...(name !== undefined && { name }),
      ...(manualOnly && { kind: 'MANUAL' as const }),
    },
    context,
  );
  if ('unusable' in outcome) throw outcome.unusable === 'uuids' ? notUuid(uuid) : invalidCursor();
  const { nodes, pageInfo } = outcome.data.groups;
  return { status: 200, body: { ...pageLinks(request, pageInfo), results: nodes.map(show) } };
}

const writing: Writing<RestGroupFragment> = {
  async create({ context, run }, members) {
    const outcome = await run(CreateGroupDocument, fields(members), context);
    return written('data' in outcome ? outcome.data.createGroup : null);
  },
  async update({ context, run }, uuid, members) {
    const outcome = await run(UpdateGroupDocument, { uuid, ...fields(members) }, context);
    return 'data' in outcome ? written(outcome.data.updateGroup) : null;
  },
  refuseWhole: (errors) => refuseWhole(errors, 'modify'),
  problems: (members, errors) => ({ name: nameProblems(members, errors) }),
  show,
};

function fields(members: Members) {
  const name = nameField(members);
  return { name: 'value' in name ? name.value : REFUSED_NAME };
}

function written(payload: CreateGroupMutation['createGroup']): Written<RestGroupFragment> {
  return { node: payload?.group, errors: payload?.userErrors ?? [] };
}

async function remove({ parameters, context, run }: Exchange) {
  const uuid = parameters.uuid();
  if (uuid === undefined) throw new RestRefusal(400, 'URL must contain one of the following parameters: uuid');
  const outcome = await run(DeleteGroupDocument, { uuid }, context);
  if ('unusable' in outcome) throw notUuid(uuid);
  refuseWhole(outcome.data.deleteGroup?.userErrors ?? [], 'delete');
  return { status: 204, body: undefined };
}

/** Refuses what no other body could put right. */
function refuseWhole(errors: readonly Pick<WriteError, 'code'>[], what: 'modify' | 'delete'): void {
  for (const { code } of errors) {
    if (code === 'NOT_FOUND') throw new RestRefusal(404, 'No ContactGroup matches the given query.');
    if (code === 'SYSTEM_GROUP') throw new RestRefusal(403, `Cannot ${what} system object.`);
    if (code === 'IN_USE') {
      throw new RestRefusal(400, 'Group is being used by campaigns which must be archived first.');
    }
  }
}

function show({ uuid, name, query, status, system, contactCount }: RestGroupFragment) {
  return { uuid, name, query, status: status.toLowerCase(), system, count: contactCount };
}
