import { expect } from 'vitest';
import type { RestReply } from '../../support/rest-client.ts';

/** Text about the server's insides: stacks, SQL, paths, names of exceptions. */
const INSIDES = /\bat .+:\d+:\d+|\/src\/|node_modules|select |insert |sqlite|(Type|Range|Syntax|Reference)Error/i;

/** Fails the test when a reply is a fault of the server or shows its insides. Returns the body's text. */
export function expectNoInsides({ status, body }: RestReply): string {
  const text = body.toString('utf8');
  expect(text).not.toMatch(INSIDES);
  expect(status).toBeGreaterThanOrEqual(200);
  expect(status).toBeLessThan(500);
  return text;
}
