import { expect } from 'vitest';
import type { RestReply } from '../../support/rest-client.ts';

/** Text that shows the server's internals: stack traces, SQL, paths, names of exceptions. */
const INSIDES = /\bat .+:\d+:\d+|\/src\/|node_modules|select |insert |sqlite|(Type|Range|Syntax|Reference)Error/i;

/** Fails the test if a reply is a server fault or shows the server's internals. Returns the text of the body. */
export function expectNoInsides({ status, body }: RestReply): string {
  const text = body.toString('utf8');
  expect(text).not.toMatch(INSIDES);
  expect(status).toBeGreaterThanOrEqual(200);
  expect(status).toBeLessThan(500);
  return text;
}
