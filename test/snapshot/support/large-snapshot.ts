import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const GROUPS = 1_000;

/** Writes a snapshot to a file, as `dump` would. It has one workspace, 1,000 groups and this many campaigns. */
export async function writeLargeSnapshot(file: string, campaigns: number): Promise<void> {
  await pipeline(Readable.from(textOf(campaigns)), createWriteStream(file));
}

function* textOf(campaigns: number): Generator<string> {
  const workspace = { id: 1, uuid: uuidOf(0, 1), name: 'Large' };
  yield `{"format": 1,\n"workspaces": [\n  ${JSON.stringify(workspace)}\n],\n"users": [],\n"memberships": [],\n"tokens": []`;
  yield* list('groups', GROUPS, (id) => ({
    id,
    uuid: uuidOf(1, id),
    workspace_id: 1,
    name: `Group ${id}`,
    kind: 'manual',
    is_system: false,
    query: null,
    status: 'ready',
    count: id,
    is_active: true,
    created_on: '2024-01-31T09:30:00.000Z',
  }));
  yield* list('campaigns', campaigns, (id) => ({
    id,
    uuid: uuidOf(2, id),
    workspace_id: 1,
    group_id: 1 + (id % GROUPS),
    name: `Malaria school nurse ${id}`,
    is_archived: id % 3 === 0,
    is_active: id % 50 > 0,
    created_on: '2024-01-31T09:30:00.123456Z',
    modified_on: '2024-02-29T09:30:00.000Z',
  }));
  yield '\n}\n';
}

function* list(name: string, length: number, rowOf: (id: number) => object): Generator<string> {
  yield `,\n"${name}": [`;
  for (let id = 1; id <= length; id++) yield `${id > 1 ? ',' : ''}\n  ${JSON.stringify(rowOf(id))}`;
  yield '\n]';
}

/** A different UUID for each kind and id. As with random UUIDs, consecutive ids have UUIDs that are far apart. */
function uuidOf(kind: number, id: number): string {
  const spread = ((id * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0');
  return `${spread}-000${kind}-4000-8000-${id.toString(16).padStart(12, '0')}`;
}
