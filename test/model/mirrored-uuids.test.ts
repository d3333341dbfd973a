import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { mirroredUuids } from '../../src/model/mirror.ts';
import { makeLargeWorkspace } from '../support/large-workspace.ts';
import { openEmptyDatabase } from '../support/world.ts';

it('reads the UUIDs of a large mirror in parts, each of them once', async () => {
  const database = await openEmptyDatabase();
  const workspace = await makeLargeWorkspace(database, 3_000, 10);
  await makeLargeWorkspace(database, 10, 1);
  const { rows } = await sql<{ uuid: string }>`
    select uuid from campaigns where workspace_id = ${workspace} and is_archived = 0 order by uuid`.execute(
    database.reader.db,
  );
  const parts: (readonly string[])[] = [];
  for await (const uuids of mirroredUuids(database.reader, workspace, 'campaigns')) parts.push(uuids);
  expect(parts.flat()).toEqual(rows.map(({ uuid }) => uuid));
  expect(parts.map(({ length }) => length)).toEqual([1_000, 1_000, rows.length - 2_000]);
});
