import type { GraphQLSchema } from 'graphql';
import { createSourceEventStream, execute, GraphQLError } from 'graphql';
import type { ReportError } from '../../http/internal-error.ts';
import {
  StreamEnded,
  TOO_MANY_STREAMS_MESSAGE,
  TOO_MANY_STREAMS_RETRY_AFTER,
} from '../../http/streams/open-streams.ts';
import { asError } from '../../thrown.ts';
import type { Context } from '../context.ts';
import { graphqlError } from '../errors.ts';
import type { ChangeBatch } from '../streams/follow-changes.ts';
import type { Cost } from './limits.ts';
import type { Operation, OperationResult, StreamedResult } from './operation.ts';
import { masked, shownError } from './shown-error.ts';
import { outageOf } from './unavailable.ts';

/** Begins to answer a subscription. It never rejects: a refusal is a single result with an error. */
export type Subscribe = (operation: Operation, context: Context, cost: Cost) => Promise<OperationResult>;

/** Creates the function that runs subscriptions, for callers whose context has a `stream`. */
export function createSubscribe(schema: GraphQLSchema, report: ReportError): Subscribe {
  return async ({ document, operationName, variables }, context, cost) => {
    const refused = (error: GraphQLError): OperationResult => ({ kind: 'single', result: { errors: [error] }, cost });
    if (!context.stream) return refused(graphqlError('NOT_ACCEPTABLE', NOT_ACCEPTABLE_MESSAGE));
    const stream = context.stream.open();
    if (!stream) {
      const retryAfter = TOO_MANY_STREAMS_RETRY_AFTER;
      return refused(graphqlError('TOO_MANY_STREAMS', TOO_MANY_STREAMS_MESSAGE, { retryAfter }));
    }
    const { signal, close } = stream;
    const args = { schema, document, operationName, variableValues: variables, contextValue: context.renew(signal) };
    const source = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in source)) {
      close();
      return { kind: 'single', result: masked(source, context.requestId, report), cost };
    }
    // Only `changes` is a field of Subscription.
    const batches = source as AsyncIterable<ChangeBatch>;
    return { kind: 'stream', results: resultsOf(batches), signal, cost };

    async function* resultsOf(events: AsyncIterable<ChangeBatch>): AsyncGenerator<StreamedResult, void, void> {
      try {
        for await (const changes of events) {
          // Each result gets a new context, because a context remembers what has been read with it.
          const result = await execute({ ...args, rootValue: { changes }, contextValue: context.renew(signal) });
          // The client comes back with the cursor from before this batch, so it misses nothing.
          const outage = result.errors
            ?.map(({ originalError }) => originalError)
            .find((cause) => cause && outageOf(cause));
          if (outage) throw outage;
          yield { result: masked(result, context.requestId, report), cursor: changes.cursor };
        }
      } catch (error) {
        const shown = lastError(error, context.requestId, report);
        if (!shown) throw error;
        yield { result: { errors: [shown] } };
      } finally {
        close();
      }
    }
  };
}

/** Whether this error is an expected end of a stream, which is not reported. */
export function isExpectedEnd(error: Error): boolean {
  return error instanceof StreamEnded || outageOf(error) !== null;
}

/** The error that the client gets at the end of its stream. Returns undefined when the client gets none, because it should reconnect. */
function lastError(error: unknown, requestId: string, report: ReportError): GraphQLError | undefined {
  if (error instanceof StreamEnded && error.reason !== 'token refused') return undefined;
  const cause = asError(error);
  if (outageOf(cause)) return undefined;
  return cause instanceof GraphQLError ? cause : shownError(cause, requestId, report);
}

const NOT_ACCEPTABLE_MESSAGE =
  'A subscription is answered with a stream. Send "Accept: text/event-stream" (server-sent events), or "Accept: multipart/mixed;subscriptionSpec=1.0" (as Apollo Client does).';
