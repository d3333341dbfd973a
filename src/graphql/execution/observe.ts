import type { GraphQLErrorExtensions, OperationDefinitionNode } from 'graphql';
import type { Observed } from '../../http/observed.ts';
import type { ErrorCode } from '../errors.ts';
import type { Cost } from './limits.ts';

/** Notes what runs, for the log and the metrics. */
export function noteOperation(observed: Observed, operation: OperationDefinitionNode, { cost }: Cost): void {
  observed.operation = operation.name?.value ?? 'unnamed';
  observed.cost = cost;
}

/** Notes the codes of an answer's errors. An error without a code is graphql-js's own and concerns a variable's value. */
export function noteErrors(
  observed: Observed,
  errors: readonly { readonly extensions?: GraphQLErrorExtensions }[] | undefined,
): void {
  for (const { extensions } of errors ?? []) {
    const code = extensions?.['code'];
    observed.codes.push(typeof code === 'string' ? code : ('BAD_USER_INPUT' satisfies ErrorCode));
  }
}
