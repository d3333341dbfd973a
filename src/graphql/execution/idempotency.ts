import { hash } from 'node:crypto';
import type { DocumentNode, GraphQLError, SelectionSetNode } from 'graphql';
import { getOperationAST, Kind, OperationTypeNode } from 'graphql';
import { isRecord } from '../../encoding/is-record.ts';
import { graphqlError } from '../errors.ts';
import type { Operation } from './operation.ts';

/** The SHA-256, in hexadecimal, of the values that say what a request asks for. They must be plain JSON. */
export function fingerprint(...values: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(values));
}

/**
 * The fingerprint of the parameters of a request. It is the same whether the document's text was sent, its hash, or both,
 * because clients of persisted queries choose between them by the server's last answer. Returns null when the parameters are
 * nested too deeply to be written.
 */
export function requestFingerprint(parameters: unknown): string | null {
  const { query, extensions, operationName = null, variables = null } = isRecord(parameters) ? parameters : {};
  const persisted = isRecord(extensions) ? extensions['persistedQuery'] : undefined;
  const document =
    typeof query === 'string' ? hash('sha256', query) : isRecord(persisted) ? persisted['sha256Hash'] : null;
  try {
    return fingerprint(document, operationName, variables);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * The error of an operation that has an idempotency key and several mutations; null for every other operation. A key stands for
 * one write, because the server keeps one result for it.
 */
export function severalMutations({ document, operationName }: Operation): GraphQLError | null {
  const definition = getOperationAST(document, operationName);
  if (definition?.operation !== OperationTypeNode.MUTATION) return null;
  const { size } = rootFields(document, definition.selectionSet);
  if (size <= 1) return null;
  return graphqlError(
    'IDEMPOTENCY_KEY_INVALID',
    `An Idempotency-Key stands for one mutation, and this operation has ${size}. Send each in a request of its own, with its own key.`,
  );
}

/** The error of an operation whose idempotency key belongs to another request. */
export function keyReusedError(errors: readonly GraphQLError[] | undefined): GraphQLError | undefined {
  return errors?.find(({ extensions }) => extensions.code === 'IDEMPOTENCY_KEY_REUSED');
}

/** The names that the root fields have in the response. Fields that a directive may leave out are counted. */
function rootFields(
  document: DocumentNode,
  { selections }: SelectionSetNode,
  found = new Set<string>(),
  spread = new Set<string>(),
): Set<string> {
  for (const selection of selections) {
    switch (selection.kind) {
      case Kind.FIELD:
        if (!selection.name.value.startsWith('__')) found.add((selection.alias ?? selection.name).value);
        break;
      case Kind.INLINE_FRAGMENT:
        rootFields(document, selection.selectionSet, found, spread);
        break;
      case Kind.FRAGMENT_SPREAD: {
        const { value: name } = selection.name;
        if (spread.has(name)) break;
        spread.add(name);
        for (const definition of document.definitions) {
          if (definition.kind !== Kind.FRAGMENT_DEFINITION || definition.name.value !== name) continue;
          rootFields(document, definition.selectionSet, found, spread);
        }
      }
    }
  }
  return found;
}
