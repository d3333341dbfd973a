import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { MAX_PREPARED, SqliteConnection } from '../../src/database/sqlite/connection.ts';

it('a connection keeps no more prepared statements than its bound, and still runs those beyond it', () => {
  const connection = new SqliteConnection(() => new Sqlite(':memory:'));
  for (let place = 0; place < MAX_PREPARED + 20; place++) {
    expect(connection.all(`select ${place} as place`, [])).toEqual([{ place }]);
  }
  // The oldest are dropped a few at a time.
  expect(connection.prepared).toBeGreaterThan(0.9 * MAX_PREPARED);
  expect(connection.prepared).toBeLessThanOrEqual(MAX_PREPARED);
  expect(connection.all('select 0 as place', [])).toEqual([{ place: 0 }]);
  connection.close();
});
