import { expect, it } from 'vitest';
import { newPlace } from '../support/engine.ts';
import { serve } from '../support/program.ts';
import { RestClient } from '../support/rest-client.ts';

it('answers a repeated request as it did before it was killed', async () => {
  const settings = { ...(await newPlace('fixture')).settings, RATE_LIMIT: 'off' };
  const create = async (base: string) => {
    const body = { name: 'Before the crash', group: 'Vets' };
    const { status, json } = await new RestClient(base).ask('/campaigns.json', {
      headers: { 'Idempotency-Key': '"8e03978e-40d5-43e8-bc93-6894a57f9324"' },
      body,
    });
    return { status, json };
  };

  const server = await serve(settings);
  const first = await create(server.url);
  await server.stop('SIGKILL');
  const restarted = await serve(settings);
  expect(first.status).toBe(201);
  expect(await create(restarted.url)).toEqual(first);
  const { json } = await new RestClient(restarted.url).ask('/campaigns.json');
  const { results } = json as { results: { name: string }[] };
  expect(results.filter(({ name }) => name === 'Before the crash')).toHaveLength(1);
  await restarted.stop();
});
