import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fixture, found, groupOf, tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld({ rateLimit: { requests: 200, seconds: 3600 } });
const editor = found(fixture.tokens, ({ name }) => name === 'editor2');
const workspace = found(fixture.workspaces, ({ id }) => id === editor.workspace_id);

interface Line {
  readonly msg: string;
  readonly requestId: string;
  readonly ms: number;
  readonly operation?: string;
  readonly workspace?: string;
  readonly cost?: number;
  readonly codes?: readonly string[];
}

/** The log line about a response. The server writes it just after it has sent the response. */
async function lineOf({ headers }: { headers: { get(name: string): string | null | undefined } }): Promise<Line> {
  const id = headers.get('x-request-id') ?? 'none';
  for (;;) {
    const line = world.log.find((one) => one.includes(id) && one.includes('"answered"'));
    if (line) return JSON.parse(line) as Line;
    await wait(5);
  }
}

describe('the log', () => {
  it('says which operation a GraphQL request ran, for whom, how long it took and what it cost', async () => {
    const answer = await world.as('editor2').ask('query Newest { campaigns(first: 5) { nodes { name } } }');
    const line = await lineOf(answer);
    expect(line).toEqual({
      level: 30,
      time: expect.any(Number),
      requestId: answer.headers.get('x-request-id'),
      method: 'POST',
      path: '/graphql',
      operation: 'Newest',
      workspace: workspace.uuid,
      status: 200,
      ms: expect.any(Number),
      cost: expect.any(Number),
      msg: 'answered',
    });
    expect(answer.extensions).toMatchObject({ cost: { requested: line.cost } });
  });

  it.each([
    { method: 'GET', path: '/campaigns.json', operation: 'ListCampaigns' },
    { method: 'GET', path: '/groups.json', operation: 'ListGroups' },
    { method: 'POST', path: '/groups.json', body: { name: 'Logged' }, operation: 'CreateGroup' },
  ])('says which operation a REST request ran: $method $path', async ({ operation, path, ...request }) => {
    const line = await lineOf(await world.rest.ask(path, request));
    expect(line).toMatchObject({ operation, workspace: workspace.uuid, cost: expect.any(Number) });
    expect(line).not.toHaveProperty('codes');
  });

  it('says why a request was refused', async () => {
    const client = world.as('editor2');
    const codesOf = async (answer: Promise<Parameters<typeof lineOf>[0]>) => (await lineOf(await answer)).codes;
    expect(await codesOf(world.as(null).ask('{ viewer { role } }'))).toEqual(['UNAUTHENTICATED']);
    expect(await codesOf(world.as('agent').ask('{ viewer { role } }'))).toEqual(['FORBIDDEN']);
    expect(await codesOf(client.ask('{'))).toEqual(['GRAPHQL_PARSE_FAILED']);
    expect(await codesOf(client.ask('{ nothing }'))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(await codesOf(client.ask('query One($id: ID!) { node(id: $id) { id } }'))).toEqual(['BAD_USER_INPUT']);
    expect(await codesOf(client.ask('{ campaigns(after: "x") { totalCount } }'))).toEqual(['INVALID_CURSOR']);
    expect(await codesOf(client.ask(''))).toEqual(['BAD_REQUEST']);
    expect(await codesOf(world.rest.ask('/campaigns.json', { as: null }))).toEqual(['UNAUTHENTICATED']);
    expect(await codesOf(world.rest.ask('/campaigns.json', { as: 'viewer' }))).toEqual(['FORBIDDEN']);
    expect(await codesOf(world.rest.ask('/campaigns.json?cursor=x'))).toEqual(['INVALID_CURSOR']);
  });

  it('has no operation where none ran, and no workspace where the caller is unknown', async () => {
    const unknown = await lineOf(await world.as(null).ask('query Mine { viewer { role } }'));
    expect(unknown).not.toHaveProperty('operation');
    expect(unknown).not.toHaveProperty('workspace');
    const invalid = await lineOf(await world.as('editor2').ask('query Mine { nothing }'));
    expect(invalid).not.toHaveProperty('operation');
    expect(invalid).toMatchObject({ workspace: workspace.uuid });
  });

  it('shortens a long name of an operation', async () => {
    const name = `Long${'g'.repeat(900)}`;
    const line = await lineOf(await world.as('editor2').ask(`query ${name} { viewer { role } }`));
    expect(line.operation).toBe(name.slice(0, 64));
  });

  it('has one line for each request, whatever an operation is called and whatever its values are', async () => {
    const before = world.log.length;
    const answer = await world
      .as('editor2')
      .ask('query Named($name: String!) { group(by: { name: $name }) { id } }', { name: 'a\n{"level":60}' });
    await lineOf(answer);
    expect(world.log.slice(before)).toHaveLength(1);
    expect(world.log.at(-1)?.match(/\n/g)).toHaveLength(1);
  });

  it('has neither keys nor names nor variables', async () => {
    const { name } = groupOf(editor.workspace_id, 'Vets');
    await lineOf(await world.as('editor2').ask('query Q($n: String!) { group(by: { name: $n }) { id } }', { n: name }));
    await lineOf(await world.rest.ask(`/groups.json?name=${name}`));
    const written = world.log.join('');
    expect(written).not.toContain(tokenKey('editor2'));
    expect(written).not.toContain(name);
  });
});
