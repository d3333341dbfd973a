import { nameField, nameMessages, REFUSED_NAME } from './fields.ts';
import type { Endpoint, Exchange } from './endpoint.ts';
import { readMembers } from './endpoint.ts';
import type { CreateGroupMutation, RestGroupFragment, UserErrorCode } from './generated/operations.ts';
import {
  CreateGroupDocument,
  DeleteGroupDocument,
  ListGroupsDocument,
  UpdateGroupDocument,
} from './generated/operations.ts';
import { invalidCursor, pageLinks, pageVariables } from './page.ts';
import { notUuid } from './parameters.ts';
import { RestRefusal } from './refusal.ts';

/** `/api/v2/groups.json`. */
export const groups: Endpoint = { GET: list, POST: write, DELETE: remove };

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

/** Creates a group, or renames the one that `uuid` names. */
async function write(exchange: Exchange) {
  const { parameters, context, run } = exchange;
  const uuid = parameters.uuid();
  const { members, refusal } = await readMembers(exchange);
  const name = nameField(members);
  const fields = { name: 'value' in name ? name.value : REFUSED_NAME };

  let payload: CreateGroupMutation['createGroup'];
  if (uuid === undefined) {
    if (refusal) throw refusal;
    const outcome = await run(CreateGroupDocument, fields, context);
    payload = 'data' in outcome ? outcome.data.createGroup : null;
  } else {
    const outcome = await run(UpdateGroupDocument, { uuid, ...fields }, context);
    if ('unusable' in outcome) throw notUuid(uuid);
    payload = outcome.data.updateGroup;
  }
  const errors = payload?.userErrors ?? [];
  refuseWhole(errors, 'modify');
  if (refusal) throw refusal;
  if (!payload?.group) throw new RestRefusal(400, { name: 'problem' in name ? [name.problem] : nameMessages(errors) });
  return { status: uuid === undefined ? 201 : 200, body: show(payload.group) };
}

async function remove({ parameters, context, run }: Exchange) {
  const uuid = parameters.uuid();
  if (uuid === undefined) throw new RestRefusal(400, 'URL must contain one of the following parameters: uuid');
  const outcome = await run(DeleteGroupDocument, { uuid }, context);
  if ('unusable' in outcome) throw notUuid(uuid);
  refuseWhole(outcome.data.deleteGroup?.userErrors ?? [], 'delete');
  return { status: 204, body: undefined };
}

/** Refuses what no other body could put right. It is told before what is wrong with the body. */
function refuseWhole(
  errors: readonly { field: string[] | null; code: UserErrorCode }[],
  what: 'modify' | 'delete',
): void {
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
