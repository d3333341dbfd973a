import { join } from 'node:path';
import type { Plugin } from 'vite';

const GENERATED = join(import.meta.dirname, 'app/generated/graphql.ts');
const OPERATION = /\bgraphql\(`\s*(query|mutation|fragment) (\w+)[^`]*`\)/g;

/**
 * Replaces each ``graphql(`…`)`` by the document that was generated from it, as the generator advises for production.
 * Without this, the text of each operation would be in the program three times.
 */
export const generatedOperations: Plugin = {
  name: 'generated-operations',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('/console/app/') || id.includes('/generated/')) return undefined;
    const documents = new Set<string>();
    const replaced = code.replaceAll(OPERATION, (_call, kind: string, name: string) => {
      const document = kind === 'fragment' ? `${name}FragmentDoc` : `${name}Document`;
      documents.add(document);
      return document;
    });
    if (documents.size === 0) return undefined;
    return {
      code: `${replaced}\nimport { ${[...documents].join(', ')} } from ${JSON.stringify(GENERATED)};`,
      map: null,
    };
  },
};
