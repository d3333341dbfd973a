import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/graphql/errors.ts';

const SOURCE = join(import.meta.dirname, '../../src');

const source = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('errors.ts') && !file.includes('generated'))
  .map((file) => readFileSync(join(SOURCE, file), 'utf8'))
  .join('\n');

/** The error codes that Apollo Server creates. */
const APOLLOS = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'INTERNAL_SERVER_ERROR',
];

describe('the catalogue of errors', () => {
  it('has every code that Apollo Server gives', () => {
    expect(APOLLOS.filter((code) => !(code in ERROR_CODES))).toEqual([]);
  });

  it.each(Object.entries(ERROR_CODES))(
    'has a meaning and a status for %s, which is given somewhere',
    (code, { meaning, status }) => {
      expect(meaning).toMatch(/^[A-Z].+\.$/);
      expect([200, 400, 401, 403, 405, 406, 413, 415, 422, 429, 500, 503]).toContain(status);
      expect(source.includes(`'${code}'`) || APOLLOS.includes(code)).toBe(true);
    },
  );
});
