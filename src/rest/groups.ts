import type { Endpoint, Reply, RestRequest } from './endpoint.ts';
import type { WriteError } from './fields.ts';
import { accountError, bodyError, readFields } from './fields.ts';
import type { RestGroupFragment } from './generated/operations.ts';
import {
  CheckGroupDocument,
  CreateGroupDocument,
  DeleteGroupDocument,
  ListGroupsDocument,
  UpdateGroupDocument,
} from './generated/operations.ts';
import { HttpError } from './http-error.ts';
import { dataOf } from './outcome.ts';
import { invalidCursor, pageVariables } from './page.ts';
import { pageBody, ROWS } from './rows.ts';

/** `/api/v2/groups.json`. */
export const groups: Endpoint = { GET: list, POST: write, DELETE: remove };

/** The values of `manual_only` that existing servers accept as true. */
const YES = new Set(['true', 'y', 'yes', '1']);

async function list({ http, parameters, run }: RestRequest): Promise<Reply> {
  parameters.onlyOneOf('uuid', 'name');
  const uuid = parameters.filteredUuid();
  const name = parameters.last('name');
  // No name contains this character, and existing servers answer 500 to it.
  if (name?.includes('\0')) throw new HttpError(400, "Param 'name': null characters are not allowed.");
  const manualOnly = YES.has(parameters.last('manual_only')?.toLowerCase() ?? '');
  const variables = {
    ...pageVariables(parameters.last('cursor')),
    ...(uuid !== undefined && { uuids: [uuid] }),
    ...(name !== undefined && { name }),
    ...(manualOnly && { kind: 'MANUAL' as const }),
  };
  const outcome = await run(ListGroupsDocument, variables, ROWS);
  if ('unusable' in outcome) throw invalidCursor();
  return { status: 200, body: pageBody(http, outcome.data.groups, outcome.rows, show) };
}

/** Creates a group, or renames the one that `uuid` names. */
async function write(request: RestRequest): Promise<Reply> {
  const uuid = request.parameters.changedUuid();
  const fields = await readFields(request.http, ['name']);
  const { name } = fields.values;
  if (name === undefined) {
    if (uuid !== undefined) await check(request, uuid);
    throw bodyError(fields, []);
  }
  const written = uuid === undefined ? await create(request, name) : await rename(request, uuid, name);
  if (!written?.group) {
    const errors = written?.userErrors ?? [];
    throw groupError(errors, 'modify') ?? bodyError(fields, errors);
  }
  return { status: uuid === undefined ? 201 : 200, body: show(written.group) };
}

async function create({ run }: RestRequest, name: string) {
  return dataOf(await run(CreateGroupDocument, { name })).createGroup;
}

async function rename({ run }: RestRequest, uuid: string, name: string) {
  return dataOf(await run(UpdateGroupDocument, { uuid, name })).updateGroup;
}

/** Throws an HttpError when the group cannot be renamed, because it does not exist or is a system group. */
async function check({ run }: RestRequest, uuid: string): Promise<void> {
  const { group } = dataOf(await run(CheckGroupDocument, { uuid }));
  if (!group) throw notFound();
  if (group.system) throw systemGroup('modify');
}

async function remove({ parameters, run }: RestRequest): Promise<Reply> {
  const uuid = parameters.changedUuid();
  if (uuid === undefined) throw new HttpError(400, 'URL must contain one of the following parameters: uuid');
  const { deleteGroup } = dataOf(await run(DeleteGroupDocument, { uuid }));
  const errors = deleteGroup?.userErrors ?? [];
  if (errors.length > 0) throw groupError(errors, 'delete') ?? accountError(errors);
  return { status: 204, body: undefined };
}

/** The error for a group that cannot be changed; null when the errors have other reasons. */
function groupError(errors: readonly Pick<WriteError, 'code'>[], change: 'modify' | 'delete'): HttpError | null {
  for (const { code } of errors) {
    if (code === 'NOT_FOUND') return notFound();
    if (code === 'SYSTEM_GROUP') return systemGroup(change);
    if (code === 'IN_USE') {
      return new HttpError(400, 'Group is being used by campaigns which must be archived first.');
    }
  }
  return null;
}

function notFound(): HttpError {
  return new HttpError(404, 'No ContactGroup matches the given query.');
}

function systemGroup(change: 'modify' | 'delete'): HttpError {
  return new HttpError(403, `Cannot ${change} system object.`);
}

/** A group in the form of API v2. */
function show(group: RestGroupFragment) {
  return { ...group, status: group.status.toLowerCase() };
}
