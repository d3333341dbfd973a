import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const SECURITY = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');

/** The rows of the threat model's tables: what an attack is, and the test files that its row names. */
const threats = [...SECURITY.matchAll(/^\| (?!by |-)(.+?) *\| .+ \| (.+?) *\|$/gm)].map(
  ([, attack = '', tests = '']) => ({
    attack,
    tests: [...tests.matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file),
  }),
);

describe('the threat model', () => {
  it('has its tables', () => {
    expect(threats.length).toBeGreaterThan(20);
  });

  it.each(threats)('names tests that are there: $attack', ({ tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});
