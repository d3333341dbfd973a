import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tokenCredentials } from '../../../src/access/credentials.ts';
import { identify } from '../../../src/access/identity.ts';
import type { Database } from '../../../src/database/database.ts';
import { openSqlite } from '../../../src/database/sqlite/sqlite.ts';
import type { Context } from '../../../src/graphql/context.ts';
import { contextFactory } from '../../../src/graphql/context.ts';
import { loadSnapshot } from '../../../src/snapshot/load.ts';
import { fixture } from '../../support/fixture.ts';

const RATE_LIMIT = { allowed: true, limit: 100, remaining: 99, retryAfter: 1, resetAt: 1_700_000_000_123_456 };

/** A database with the contract fixture, and contexts for operations of its administrator. */
export interface Readers {
  readonly database: Database;
  /** The SQL of the statements since the last call, without the statements that check for new commits. */
  statements(): string[];
  /** A new context, as for each request. */
  context(): Context;
  close(): Promise<void>;
}

export async function openReaders(): Promise<Readers> {
  const folder = mkdtempSync(join(tmpdir(), 'campaigns-'));
  let statements: string[] = [];
  const database = openSqlite(join(folder, 'test.db'), (sql) => void statements.push(sql));
  await database.migrate();
  await loadSnapshot(database, fixture);
  const viewer = await identify(database, tokenCredentials('69CVPMGQMC4KSPVS9HUJV96G77PXW66RR822892C'));
  if (!viewer || viewer === 'expired') throw new Error('the fixture has no administrator');
  const createContext = contextFactory(database);
  statements = [];
  return {
    database,
    statements() {
      const run = statements;
      statements = [];
      return run.filter((sql) => !/^pragma (?:data|user)_version$/.test(sql));
    },
    context: () =>
      createContext(
        { requestId: 'test', viewer, origin: 'graphql', rateLimit: RATE_LIMIT, observed: { codes: [] } },
        new AbortController().signal,
      ),
    async close() {
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}
