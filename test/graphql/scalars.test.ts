import { describe, expect, it } from 'vitest';
import { openWorld } from '../support/world.ts';

const world = await openWorld();

describe('a value that is no UUID and no time is named in the error', () => {
  it.each([
    ['"x"'],
    ['5'],
    ['true'],
    ['[1, "a"]'],
    ['{a: 1}'],
    // An enum name that looks like a UUID. Only a string can be a UUID.
    ['a89de10755534c07ab00092b7869dae1'],
  ])('as it is in the document: %s', async (literal) => {
    const { codes, errors } = await world
      .as('admin')
      .ask(`{ campaign(uuid: ${literal}) { name } campaigns(filter: { createdAfter: ${literal} }) { totalCount } }`);
    expect(codes).toEqual(['GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_VALIDATION_FAILED']);
    expect(errors.map(({ message }) => message)).toEqual([
      `${literal} is not a UUID such as 089de107-5553-4c07-ab00-092b7869dae1.`,
      `${literal} is not an ISO 8601 time such as 2024-05-30T16:10:47Z.`,
    ]);
  });

  it('as it is in the variables', async () => {
    const { errors } = await world.as('admin').ask('query ($u: UUID!) { campaign(uuid: $u) { name } }', { u: [1] });
    expect(errors[0]?.message).toContain('[1] is not a UUID');
  });
});
