import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { MAX_STATEMENTS, Statements } from '../../src/database/statements.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { temporaryFolder } from '../support/folder.ts';
import { openEmptyDatabase } from '../support/world.ts';

const ROOT = join(import.meta.dirname, '../..');
const { reader } = await openEmptyDatabase();

/** The compiler's output for a kept statement with this condition. In it, `workspace` is the caller's own value. */
function compile(condition: string): Promise<string> {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'probe.mts'),
    `import type { Session } from '${ROOT}/src/database/database.ts';
import type { WorkspaceId } from '${ROOT}/src/database/tables.ts';
export const groupNames = (session: Session, workspace: WorkspaceId) =>
  session.all('names of groups', { workspace }, (db, slots) =>
    db.selectFrom('groups').select('name').where(${condition}),
  );
`,
  );
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.json'),
      compilerOptions: { typeRoots: [join(ROOT, 'node_modules/@types')] },
      include: ['probe.mts'],
    }),
  );
  return new Promise((resolve) => {
    execFile(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder], (_error, stdout) => resolve(stdout));
  });
}

describe('a kept statement', () => {
  const workspace = 1 as WorkspaceId;

  it('compiles with the slot of a workspace, and not with a workspace that the caller holds', async () => {
    expect(await compile(`'workspace_id', '=', slots.workspace`)).toBe('');
    const refused = await compile(`'workspace_id', '=', workspace`);
    expect(refused).toContain('probe.mts');
    expect(refused).toContain('WorkspaceId');
  }, 60_000);

  it('that holds a value of its first caller is refused when it is built', async () => {
    const baked = reader.all('names of one workspace', { workspace }, (db) =>
      // The compiler does not check values in raw SQL.
      db
        .selectFrom('groups')
        .select('name')
        .where(sql<boolean>`workspace_id = ${workspace}`),
    );
    await expect(baked).rejects.toThrow('"names of one workspace" holds a value of its first caller');
  });

  it('gives each caller the rows of the values of that call', async () => {
    const kindOf = (email: string) =>
      reader.first('probe', { email }, (db, slots) => db.selectNoFrom(sql<string>`${slots.email}`.as('email')));
    expect([await kindOf('a'), await kindOf('b')]).toEqual([{ email: 'a' }, { email: 'b' }]);
  });
});

describe('the kept statements', () => {
  it('are no more than their bound, and those beyond it still run', () => {
    const statements = new Statements(reader.db);
    for (let place = 0; place < MAX_STATEMENTS + 20; place++) {
      const { parameters } = statements.fill(`statement ${place}`, { place }, (db, slots) =>
        db.selectNoFrom(sql<number>`${slots.place}`.as('place')),
      );
      expect(parameters).toEqual([place]);
    }
    expect(statements.size).toBe(MAX_STATEMENTS);
  });

  it('lose the one that was used least recently', () => {
    const statements = new Statements(reader.db);
    let built = 0;
    const fill = (name: string) =>
      statements.fill(name, { place: 1 }, (db, slots) => {
        built++;
        return db.selectNoFrom(sql<number>`${slots.place}`.as('place'));
      });
    for (let place = 0; place < 2 * MAX_STATEMENTS; place++) {
      fill(`statement ${place}`);
      fill('often');
    }
    expect(built).toBe(2 * MAX_STATEMENTS + 1);
    fill(`statement ${2 * MAX_STATEMENTS - 1}`);
    expect(built).toBe(2 * MAX_STATEMENTS + 1);
    fill('statement 0');
    expect(built).toBe(2 * MAX_STATEMENTS + 2);
  });

  it('are not kept where a list varies their SQL', () => {
    const statements = new Statements(reader.db);
    for (const uuids of [['a'], ['a', 'b'], []]) {
      const { parameters } = statements.fill('by UUIDs', { uuids }, (db, slots) =>
        db.selectFrom('groups').select('name').where('uuid', 'in', slots.uuids),
      );
      expect(parameters).toEqual(uuids);
    }
    expect(statements.size).toBe(0);
  });
});
