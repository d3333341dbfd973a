import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openSqlite } from '../../src/database/sqlite/sqlite.ts';
import { loadSnapshot } from '../../src/snapshot/load.ts';
import { fixture } from './fixture.ts';

/** The files that test databases are copied from. `tables` has only the tables of the latest migration; `fixture` has the fixture. */
export interface SqliteTemplates {
  readonly tables: string;
  readonly fixture: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    sqlite: SqliteTemplates;
  }
}

/** Vitest runs this once before all test files, because migrating and filling a database takes longer than most tests. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'campaigns-sqlite-'));
  const templates = { tables: join(folder, 'tables.db'), fixture: join(folder, 'fixture.db') };
  for (const [content, file] of Object.entries(templates)) {
    const database = openSqlite(file);
    await database.migrate();
    if (content === 'fixture') await loadSnapshot(database, fixture);
    await database.close();
  }
  project.provide('sqlite', templates);
  return () => rm(folder, { recursive: true });
}
