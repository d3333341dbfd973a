import type { Attributes } from '@opentelemetry/api';
import { SpanStatusCode, trace } from '@opentelemetry/api';
import { getOperationAST } from 'graphql';
import { codeOf } from './observe.ts';
import type { RunOperation } from './operation.ts';

const tracer = trace.getTracer('campaigns-gateway');

/** How long the name of an operation may be in a span, in characters, because callers choose it. */
const MAX_NAME = 64;

/**
 * `run` with a span around each operation, named and described by OpenTelemetry's semantic conventions for GraphQL servers.
 * Where the program runs without an OpenTelemetry SDK the span is a no-op of about 0.1 microseconds. Instrumenting
 * graphql-js would not do, because most queries run compiled and not by its `execute`. Variables are not in the span.
 */
export function tracedOperations(run: RunOperation): RunOperation {
  return (operation, context) =>
    // The name is the type alone: names of spans are few, and those of operations are chosen by callers.
    tracer.startActiveSpan('graphql', async (span) => {
      if (span.isRecording()) {
        const definition = getOperationAST(operation.document, operation.operationName);
        if (definition) {
          span.updateName(definition.operation);
          span.setAttributes(describe(definition.operation, definition.name?.value));
        }
      }
      try {
        const outcome = await run(operation, context);
        const [error] = outcome.kind === 'single' ? (outcome.result.errors ?? []) : [];
        if (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          span.setAttribute('error.type', codeOf(error));
        }
        return outcome;
      } finally {
        span.end();
      }
    });
}

function describe(type: string, name: string | undefined): Attributes {
  return {
    'graphql.operation.type': type,
    ...(name !== undefined && { 'graphql.operation.name': name.slice(0, MAX_NAME) }),
  };
}
