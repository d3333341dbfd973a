import type { GraphQLErrorExtensions, OperationDefinitionNode } from 'graphql';
import type { Observed } from '../../http/observed.ts';
import type { ErrorCode } from '../errors.ts';
import type { Cost } from './limits.ts';

/** Notes what runs, for the log and the metrics. */
export function noteOperation(observed: Observed, operation: OperationDefinitionNode, { cost }: Cost): void {
  observed.operation = operation.name?.value ?? 'unnamed';
  observed.cost = cost;
}

interface ErrorWithCode {
  readonly extensions?: GraphQLErrorExtensions;
}

/** The code of an error. An error without a code is graphql-js's own and concerns a variable's value. */
export function codeOf({ extensions }: ErrorWithCode): string {
  const code = extensions?.['code'];
  return typeof code === 'string' ? code : ('BAD_USER_INPUT' satisfies ErrorCode);
}

/** Notes the codes of an answer's errors. */
export function noteErrors(observed: Observed, errors: readonly ErrorWithCode[] = []): void {
  for (const error of errors) observed.codes.push(codeOf(error));
}
