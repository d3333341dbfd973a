import { hash } from 'node:crypto';
import type { GraphQLError } from 'graphql';
import { OperationTypeNode } from 'graphql';
import { isRecord } from '../../encoding/is-record.ts';
import { graphqlError } from '../errors.ts';
import type { Cost } from './limits.ts';

/** The SHA-256, in hexadecimal, of the values that say what a request asks for. They must be plain JSON. */
export function fingerprint(...values: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(values));
}

/**
 * The fingerprint of the parameters of a request. It is the same whether the document's text was sent, its hash, or both,
 * because clients of persisted queries choose between them by the server's last answer.
 */
export function requestFingerprint(parameters: unknown): string {
  const { query, extensions, operationName = null, variables = null } = isRecord(parameters) ? parameters : {};
  const persisted = isRecord(extensions) ? extensions['persistedQuery'] : undefined;
  const document =
    typeof query === 'string' ? hash('sha256', query) : isRecord(persisted) ? persisted['sha256Hash'] : null;
  return fingerprint(document, operationName, variables);
}

/**
 * The error of an operation that has an idempotency key and several mutations; null for every other operation. A key stands for
 * one write, because the server keeps one result for it.
 */
export function severalMutations({ kind, rootFields }: Pick<Cost, 'kind' | 'rootFields'>): GraphQLError | null {
  if (kind !== OperationTypeNode.MUTATION || rootFields <= 1) return null;
  return graphqlError(
    'IDEMPOTENCY_KEY_INVALID',
    `An Idempotency-Key stands for one mutation, and this operation has ${rootFields}. Send each in a request of its own, with its own key.`,
  );
}

/** The error of an operation whose idempotency key belongs to another request. */
export function keyReusedError(errors: readonly GraphQLError[] | undefined): GraphQLError | undefined {
  return errors?.find(({ extensions }) => extensions.code === 'IDEMPOTENCY_KEY_REUSED');
}
