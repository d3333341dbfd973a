import type { Database } from '../../src/database/database.ts';
import { workspaceRevision } from '../../src/database/feed.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';
import type { Client } from './client.ts';
import { openStream } from './stream.ts';

/** The fields of a campaign or a group that changes contain. */
export type State = Readonly<Record<string, unknown>>;

/** The campaigns and groups of a workspace, by type and UUID. */
export type Replica = Map<string, State>;

export interface ReadChange {
  readonly revision: number;
  readonly action: string;
  readonly origin: string;
  readonly actor: { readonly email: string; readonly token: string } | null;
  readonly subjectType: 'CAMPAIGN' | 'GROUP';
  readonly subjectUuid: string;
  readonly fields: readonly { readonly name: string; readonly before: unknown; readonly after: unknown }[];
}

export interface ChangesPage {
  readonly changes: {
    readonly nodes: readonly ReadChange[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const CHANGE = 'revision action origin actor { email token } subjectType subjectUuid fields { name before after }';
const CHANGES = `query ($after: String, $first: Int) { changes(after: $after, first: $first) {
  nodes { ${CHANGE} }
  pageInfo { hasNextPage endCursor }
} }`;
const LIVE = `subscription ($after: String, $first: Int) { changes(after: $after, first: $first) {
  changes { ${CHANGE} }
  cursor
} }`;

/** Reads all pages of the changes after a cursor. Also returns the cursor to continue from. */
export async function readChanges(
  client: Client,
  cursor: string,
  first = 50,
): Promise<{ changes: ReadChange[]; cursor: string }> {
  const changes: ReadChange[] = [];
  let after = cursor;
  for (let more = true; more;) {
    const { nodes, pageInfo } = (await client.data<ChangesPage>(CHANGES, { after, first })).changes;
    changes.push(...nodes);
    after = pageInfo.endCursor ?? after;
    more = pageInfo.hasNextPage;
  }
  return { changes, cursor: after };
}

/** A stream of the changes after a cursor. It is closed after the test. */
export interface ChangeStream {
  /** The next batch; null when the stream has ended or was cut. Throws when an event has no changes. */
  next(): Promise<{ changes: readonly ReadChange[]; cursor: string } | null>;
  close(): void;
}

/** Opens a stream of changes. Rejects when the server does not answer. */
export async function streamChanges(url: string, key: string, cursor: string, first: number): Promise<ChangeStream> {
  const stream = await openStream(`${url}/graphql`, {
    headers: { authorization: `Bearer ${key}`, 'last-event-id': cursor },
    body: { query: LIVE, variables: { first } },
  });
  return {
    async next() {
      const event = await stream.next().catch(() => null);
      if (event === null) return null;
      const { data } = event.data as { data?: { changes: { changes: ReadChange[]; cursor: string } } };
      if (!data) throw new Error(`the stream ended with ${JSON.stringify(event)}`);
      return data.changes;
    },
    close: () => stream.close(),
  };
}

interface ListsPage {
  readonly list: {
    readonly changesCursor: string;
    readonly nodes: readonly Listing[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

interface Listing {
  readonly uuid: string;
  readonly name: string;
  readonly archived?: boolean;
  readonly group?: { readonly uuid: string; readonly name: string };
  readonly query?: string | null;
  readonly status?: string;
  readonly system?: boolean;
  readonly contactCount?: number;
}

const page = (field: string, filter: string, selected: string) => `query ($after: String, $first: Int) {
  list: ${field}(after: $after, first: $first, ${filter}) { changesCursor nodes { uuid name ${selected} } pageInfo { hasNextPage endCursor } }
}`;
const LISTS = [
  ['CAMPAIGN', page('campaigns', 'filter: { archived: null }', 'archived group { uuid name }')],
  ['GROUP', page('groups', '', 'query status system contactCount')],
] as const;

/** Reads all campaigns and groups from all pages of their lists. `cursor` is the feed's cursor of the first page. */
export async function readLists(client: Client, first = 250): Promise<{ replica: Replica; cursor: string }> {
  const replica: Replica = new Map();
  let cursor: string | undefined;
  for (const [type, query] of LISTS) {
    let after: string | null = null;
    for (let more = true; more;) {
      const { list }: ListsPage = await client.data<ListsPage>(query, { after, first });
      cursor ??= list.changesCursor;
      for (const node of list.nodes) replica.set(`${type} ${node.uuid}`, stateOf(node));
      after = list.pageInfo.endCursor;
      more = list.pageInfo.hasNextPage;
    }
  }
  return { replica, cursor: cursor ?? '' };
}

/** Reads the campaigns and groups of a workspace at one revision from the tables. Does not use the code of the lists. */
export function readTables(
  database: Database,
  workspace: WorkspaceId,
): Promise<{ replica: Replica; revision: number }> {
  return database.snapshot(async (session) => {
    const groups = await session.db
      .selectFrom('groups')
      .select(['id', 'uuid', 'name', 'query', 'status', 'is_system', 'contact_count', 'kind', 'is_active'])
      .where('workspace_id', '=', workspace)
      .execute();
    const campaigns = await session.db
      .selectFrom('campaigns')
      .select(['uuid', 'name', 'is_archived', 'group_id'])
      .where('workspace_id', '=', workspace)
      .where('is_active', '=', 1)
      .execute();
    const uuids = new Map(groups.map(({ id, uuid }) => [id, uuid]));
    const replica: Replica = new Map();
    for (const { uuid, name, is_archived: archived, group_id: group } of campaigns) {
      replica.set(`CAMPAIGN ${uuid}`, { name, archived: archived === 1, group: uuids.get(group) });
    }
    for (const { uuid, name, query, status, ...group } of groups) {
      if (group.is_active === 0 || group.kind === 'status') continue;
      const numbers = { system: group.is_system === 1, contactCount: group.contact_count };
      replica.set(`GROUP ${uuid}`, { name, query, status, ...numbers });
    }
    return { replica, revision: await workspaceRevision(session, workspace) };
  });
}

/** The state of a listed object. A campaign's group is given by its UUID only, because the group may be renamed. */
function stateOf({ uuid: _uuid, group, status, ...fields }: Listing): State {
  return { ...fields, ...(group && { group: group.uuid }), ...(status && { status: status.toLowerCase() }) };
}

/** Applies changes to a replica. The lists may already contain a change; applying it again does no harm. */
export function apply(replica: Replica, changes: readonly ReadChange[]): void {
  for (const { action, subjectType, subjectUuid, fields } of changes) {
    const key = `${subjectType} ${subjectUuid}`;
    if (action === 'DELETED') {
      replica.delete(key);
      continue;
    }
    const empty: State = subjectType === 'GROUP' ? { query: null } : {};
    const changed = fields.map(({ name, after }) => [name, isGroup(after) ? after.uuid : after]);
    replica.set(key, { ...(replica.get(key) ?? empty), ...Object.fromEntries(changed) });
  }
}

function isGroup(value: unknown): value is { uuid: string } {
  return typeof value === 'object' && value !== null && 'uuid' in value;
}

/** The objects of a replica, sorted so that two replicas can be compared. */
export function contents(replica: Replica): unknown[] {
  return [...replica].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([key, state]) => ({ key, ...state }));
}
