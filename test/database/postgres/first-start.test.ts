import { expect, it } from 'vitest';
import { clientFor } from '../../support/client.ts';
import { newPostgresPlace } from '../../support/engine.ts';
import { campaigns, serve } from '../../support/program.ts';

it('several processes that start at once on a new database all serve, and it is migrated once', async () => {
  const { settings } = await newPostgresPlace('nothing');
  const migrating = Array.from({ length: 3 }, () => campaigns(['migrate'], settings));
  const serving = Array.from({ length: 2 }, () => serve({ ...settings, PORT: '0' }));
  const [migrated, servers] = await Promise.all([Promise.all(migrating), Promise.all(serving)]);
  expect(migrated.map(({ code, stderr }) => [code, stderr])).toEqual(migrating.map(() => [0, '']));
  // Each process reports the migrations that it has run. No migration is run twice.
  const ran = migrated.flatMap(({ stdout }) => stdout.match(/\d{4}-[\w-]+/g) ?? []);
  expect(new Set(ran).size).toBe(ran.length);
  for (const { url } of servers) {
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await clientFor(url, null).ask('{ viewer { role } }')).codes).toEqual(['UNAUTHENTICATED']);
  }
  expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0]);
});
