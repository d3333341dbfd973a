import { expect, it } from 'vitest';
import { openWorld } from '../support/world.ts';
import { fixture } from '../support/fixture.ts';

it('x', async () => {
  const w = await openWorld({}, fixture, 0);
  for (let i = 0; i < 4; i++) {
    const t = performance.now();
    const a = await w.as('admin').ask('{ campaigns(first: 3) { nodes { name } totalCount } viewer { role rateLimit { limit } } }');
    console.log(performance.now() - t, a.text);
  }
  console.log(w.log.join(''));
  expect(w.statements.slice(-3)).toEqual([]);
});
