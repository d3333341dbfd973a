import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { hashKey } from '../../src/model/token-key.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();

it('has the hash of a key in its files, and the key in none of them', async () => {
  const { key } = await makeWorkspace(world.database);
  const asked = await fetch(`${world.url}/api/v2/campaigns.json`, { headers: { authorization: `Token ${key}` } });
  expect(asked.status).toBe(200);
  const folder = dirname(world.file);
  const files = readdirSync(folder);
  expect(files).toContain('campaigns.db-wal');
  const stored = files.map((name) => readFileSync(join(folder, name), 'latin1')).join('');
  expect(stored).toContain(hashKey(key));
  expect(stored).not.toContain(key);
});
