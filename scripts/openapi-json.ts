import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PACKAGE_ROOT } from '../src/package-root.ts';

/**
 * A plugin for GraphQL Code Generator. It writes the OpenAPI description as JSON, so that the server does not have to parse YAML.
 */
export function plugin(): string {
  return JSON.stringify(parse(readFileSync(join(PACKAGE_ROOT, 'schema/openapi.yaml'), 'utf8')));
}
