import { expect, test } from 'vitest';
import { describe as readDescription, METHODS } from '../../src/rest/docs/description.ts';
import type { DocumentedExample } from '../../src/rest/docs/documented-example.ts';
import { documentedExamples } from '../../src/rest/docs/documented-example.ts';
import type { TokenName } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';

/** Fields whose values differ in every reply. */
const OWN = { uuid: expect.any(String), created_on: expect.any(String) };

const { rest } = await openWorld();

const documented = Object.entries(readDescription('http://localhost:4000').paths).flatMap(([path, operations]) =>
  METHODS.flatMap((method) => {
    const operation = operations[method];
    return operation ? documentedExamples(path, method, operation) : [];
  }),
);

test.each(documented)('$method $path: $title, $status', async (example) => {
  const { method, body, accept, status, shortened } = example;
  const reply = await rest.ask(example.path, {
    method,
    as: token(example),
    headers: {
      ...(example.as === 'stranger' && { Authorization: 'Token NOBODYS' }),
      ...(accept && { Accept: accept }),
      ...(body && { 'Content-Type': body.type }),
    },
    ...(body && { body: body.text }),
  });
  const answer = JSON.parse(JSON.stringify(example.answer).replaceAll('http://localhost:4000', rest.base));
  expect(reply.status).toBe(status);
  if (!shortened) expect(reply.json).toEqual(status === 201 ? { ...answer, ...matching(answer) } : answer);
  else {
    const list = reply.json as { results: unknown[] };
    expect({ ...list, results: list.results.slice(0, answer.results.length) }).toEqual(answer);
  }
});

/** The examples list objects of the fixture's workspace 1 and change objects of its workspace 2. */
function token({ as, method }: DocumentedExample): TokenName | null {
  if (as === 'nobody' || as === 'stranger') return null;
  return `${as}${method === 'GET' ? '' : '2'}`;
}

function matching(answer: object) {
  return Object.fromEntries(Object.entries(OWN).filter(([name]) => name in answer));
}
