import { randomBytes } from 'node:crypto';
import { expect, inject, it } from 'vitest';
import { afterwards } from '../../support/afterwards.ts';
import { clientFor } from '../../support/client.ts';
import { newPostgresPlace } from '../../support/engine.ts';
import { execute } from '../../support/postgres-templates.ts';
import { serve } from '../../support/program.ts';

const READ = '{ campaigns(first: 50) { nodes { name group { name contactCount } } } }';

const create = (number: number) => `mutation { createGroup(input: { name: "Few ${number}" }) { group { uuid } } }`;

it('requests wait for the connections of their process when the server gives it no more', async () => {
  const { settings } = await newPostgresPlace('fixture');
  const admin = inject('postgres').url;
  const user = `few_${randomBytes(4).toString('hex')}`;
  const url = new URL(settings.DATABASE_URL);
  await execute(admin, `create role ${user} login connection limit 4`, `grant ${url.username} to ${user}`);
  afterwards(() => execute(admin, `drop role ${user}`));
  url.username = user;
  const program = await serve({ ...settings, DATABASE_URL: url.href });
  const client = clientFor(program.url, 'admin');
  // One connection is for reads, and one for writes.
  expect([(await client.ask(READ)).status, (await client.ask(create(0))).status]).toEqual([200, 200]);
  const requests = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? create(index + 1) : READ));
  const answers = await Promise.all(requests.map((text) => client.ask(text)));
  expect(answers.filter(({ status }) => status !== 200).map(({ errors }) => errors)).toEqual([]);
  expect(await program.stop()).toBe(0);
  expect(program.stdout()).not.toContain('no free connection');
});
