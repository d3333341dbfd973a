import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const APP = join(import.meta.dirname, 'app');
const GENERATED = join(APP, 'generated/');
const CALL = /\bgraphql\(`\s*(query|mutation|subscription|fragment) (\w+)[^`]*`\)/g;

/** The texts of the operations by their hashes. */
const source = readFileSync(join(GENERATED, 'persisted-documents.json'), 'utf8');
const hashes = new Map(
  Object.entries(JSON.parse(source) as Record<string, string>).map(([hash, text]) => [
    /\b(?:query|mutation|subscription) (\w+)\s*[({]/.exec(text)?.[1],
    hash,
  ]),
);
const fileName = `assets/operations-${createHash('sha256').update(source).digest('base64url').slice(0, 8)}.json`;

/**
 * Removes the texts of the operations from the program, because the program sends their hashes. The texts are in a
 * separate file, whose address is `OPERATIONS_FILE`, for a server that does not know the hashes.
 */
export const operationsByHash: Plugin = {
  name: 'operations-by-hash',
  enforce: 'pre',
  config: (_config, { command }) => ({
    define: {
      OPERATIONS_FILE: JSON.stringify(command === 'build' ? `/${fileName}` : '/generated/persisted-documents.json'),
    },
  }),
  transform(code, id) {
    if (!id.startsWith(APP) || this.environment.mode !== 'build') return undefined;
    // The generated texts are left out, because nothing needs them any more.
    if (id.startsWith(GENERATED)) return { code, map: null, moduleSideEffects: false };
    return code.replaceAll(CALL, (_call, kind: string, name: string) => {
      // A fragment's document is never sent by itself.
      if (kind === 'fragment') return '({})';
      const hash = hashes.get(name);
      if (hash === undefined) this.error(`The operation ${name} has no hash: run \`npm run codegen\`.`);
      return `({ __meta__: { hash: '${hash}' } })`;
    });
  },
  generateBundle() {
    this.emitFile({ type: 'asset', fileName, source });
  },
};
