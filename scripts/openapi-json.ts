import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PACKAGE_ROOT } from '../src/package-root.ts';

/** A plugin of GraphQL Code Generator: the OpenAPI description as JSON, so that the server need not read YAML. */
export function plugin(): string {
  return JSON.stringify(parse(readFileSync(join(PACKAGE_ROOT, 'schema/openapi.yaml'), 'utf8')));
}
