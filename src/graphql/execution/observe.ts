import type { Span } from '@opentelemetry/api';
import { SpanStatusCode, trace } from '@opentelemetry/api';
import type { OperationDefinitionNode } from 'graphql';
import { getOperationAST } from 'graphql';
import type { Observed } from '../../http/observed.ts';
import { shownOperationName } from '../../http/observed.ts';
import type { ErrorWithCode } from '../errors.ts';
import { codeOf } from '../errors.ts';
import type { RunOperation } from './operation.ts';

const tracer = trace.getTracer('campaigns-gateway');

/**
 * Returns a `run` that notes each operation for the log and the metrics, and runs it in a span. OpenTelemetry's semantic
 * conventions for GraphQL servers define the span's name and attributes. Without an OpenTelemetry SDK the span is a no-op of
 * about 0.1 microseconds. Instrumenting graphql-js is not enough, because its `execute` does not run most queries. Variables
 * are neither noted nor in the span.
 */
export function observedOperations(run: RunOperation): RunOperation {
  return (operation, context) =>
    tracer.startActiveSpan('graphql', async (span) => {
      const { observed } = context;
      const definition = getOperationAST(operation.document, operation.operationName);
      if (definition) {
        observed.operation = shownOperationName(definition.name?.value ?? 'unnamed');
        if (span.isRecording()) describe(span, definition);
      }
      try {
        const outcome = await run(operation, context);
        if (outcome.cost) observed.cost = outcome.cost.cost;
        const { errors } = outcome.kind === 'stream' ? {} : outcome.result;
        if (errors?.[0]) {
          noteErrors(observed, errors);
          span.setStatus({ code: SpanStatusCode.ERROR });
          span.setAttribute('error.type', codeOf(errors[0]));
        }
        return outcome;
      } finally {
        span.end();
      }
    });
}

/** The span is named by the operation's type alone. Spans should have few names, and callers choose the names of operations. */
function describe(span: Span, { operation, name }: OperationDefinitionNode): void {
  span.updateName(operation);
  span.setAttribute('graphql.operation.type', operation);
  if (name) span.setAttribute('graphql.operation.name', shownOperationName(name.value));
}

/** Notes the codes of an answer's errors. */
export function noteErrors(observed: Observed, errors: readonly ErrorWithCode[] = []): void {
  for (const error of errors) observed.codes.push(codeOf(error));
}
