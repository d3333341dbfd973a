import type { ApolloServerPlugin, GraphQLResponse } from '@apollo/server';
import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FormattedExecutionResult, GraphQLFormattedError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { GraphQLError, OperationTypeNode } from 'graphql';
import { INTERNAL_ERROR_MESSAGE } from '../http/internal-error.ts';
import type { Context } from './context.ts';
import type { DocumentTexts } from './document-texts.ts';
import type { ErrorCode } from './errors.ts';
import { codeOf, graphqlError, isUnexpected } from './errors.ts';
import { headOfError, headOfResult } from './error-head.ts';
import { dependsOnDataAlone } from './execution/answer-tags.ts';
import { PARSE_OPTIONS } from './execution/document.ts';
import type { Cost } from './execution/limits.ts';
import { costLimit, LIMITS } from './execution/limits.ts';
import { noteErrors } from './execution/observe.ts';
import type { OperationResult, RunOperation } from './execution/operation.ts';
import { VALIDATION_RULES } from './execution/validation-rules.ts';
import type { AnswerHolder } from './json-answer.ts';
import { HELD, jsonAnswer } from './json-answer.ts';
import type { AcceptedForms } from './accept.ts';

/** Apollo's context of a request over HTTP. Apollo copies this object for each request, so it has no other members. */
export interface HttpContext {
  readonly context: Context;
  readonly requestState: RequestState;
}

/** The state of a request and its answer that Apollo Server does not keep. */
export interface RequestState extends AnswerHolder {
  /** Whether the request's method promises that it changes nothing. */
  readonly safe: boolean;
  readonly accepted: AcceptedForms;
  /** Whether the answer is successful and depends on the workspace's data alone. */
  taggable: boolean;
  /** The answer, if it is a stream. */
  stream: Extract<OperationResult, { kind: 'stream' }> | null;
}

/**
 * Starts the Apollo Server that parses and validates requests and writes their responses. `run` runs the operations; `texts` are those
 * of persisted queries.
 */
export async function startApollo(
  schema: GraphQLSchema,
  run: RunOperation,
  texts: DocumentTexts,
): Promise<ApolloServer<HttpContext>> {
  const apollo = new ApolloServer<HttpContext>({
    schema,
    plugins: [
      runningBy(run),
      // These plugins wrap every field for features that are not used here. Without them a page takes half the time.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    parseOptions: PARSE_OPTIONS,
    validationRules: [...VALIDATION_RULES],
    persistedQueries: { cache: texts },
    introspection: true,
    // Credentials are in a header that browsers never add by themselves, so that no other site can use them.
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError,
    stringifyResult,
  });
  await apollo.start();
  return apollo;
}

/** A plugin that runs operations with `run` in place of Apollo's own execution. */
function runningBy(run: RunOperation): ApolloServerPlugin<HttpContext> {
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ document, operation, request: { operationName, variables }, contextValue }) {
          const { context, requestState } = contextValue;
          // `operation` is undefined when a document has several operations and none was named. Apollo's types omit this
          // case. Apollo itself answers it.
          if (!(operation satisfies OperationDefinitionNode | undefined)) return null;
          if (requestState.safe && operation.operation === OperationTypeNode.MUTATION) return mutationByGet();
          const outcome = await run({ document, operationName, variables }, context);
          if (outcome.kind === 'stream') {
            requestState.stream = outcome;
            return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: {} } };
          }
          const { data, errors } = outcome.result;
          requestState.taggable = !errors && dependsOnDataAlone(document);
          // Only queries give JSON, and repeating one does no harm, even if the answer is partial.
          const { status, headers } = headOfResult(outcome.kind === 'json' ? { errors, data: null } : outcome.result);
          const shown = errors?.map(withCode);
          const extensions = { cost: shownCost(outcome.cost, errors) };
          if (outcome.kind === 'json') requestState.json = jsonAnswer(outcome.result.data, shown, extensions);
          const result = {
            ...(shown && { errors: shown }),
            ...(data !== undefined && { data: outcome.kind === 'json' ? HELD : outcome.result.data }),
            extensions,
          };
          const head = { status, headers: new HeaderMap(Object.entries(headers)) };
          return { http: head, body: { kind: 'single', singleResult: result } };
        },
        async willSendResponse({ response, errors, contextValue: { context, requestState } }) {
          // The errors of operations have been noted already.
          if (response.body.kind === 'single' && context.observed.codes.length === 0) {
            noteErrors(context.observed, response.body.singleResult.errors);
          }
          const { json, knowsStatuses } = requestState.accepted;
          const wellFormed = !errors?.some(({ extensions }) => extensions.code === 'BAD_REQUEST');
          const { status = 200 } = response.http;
          if (wellFormed && !knowsStatuses && (status === 400 || status === 500)) response.http.status = 200;
          // Apollo would choose the same type. Setting it here saves the negotiation for each response.
          if (json) response.http.headers.set('content-type', `${json}; charset=utf-8`);
        },
      };
    },
  };
}

/** Refuses a mutation by GET. Apollo does not do this, because it gets GETs as POSTs: see apollo-request.ts. */
function mutationByGet(): GraphQLResponse {
  const message = 'GET requests only support queries and subscriptions, not mutations.';
  const error = graphqlError('METHOD_NOT_ALLOWED', message);
  return {
    // Other operations may come by GET, but this one only by POST.
    http: { status: headOfError(error).status, headers: new HeaderMap([['allow', 'POST']]) },
    body: { kind: 'single', singleResult: { errors: [error.toJSON()] } },
  };
}

/** `extensions.cost`. A refused operation also gets what would pass. */
function shownCost(cost: Cost | null, errors: readonly GraphQLError[] = []) {
  if (!cost) return { requested: 0, limit: LIMITS.cost.query };
  const refused = errors.find(({ extensions }) => extensions.code === ('TOO_COSTLY' satisfies ErrorCode));
  return {
    requested: cost.cost,
    limit: costLimit(cost),
    ...(refused && { wouldPass: refused.extensions['wouldPass'] }),
  };
}

function stringifyResult(result: FormattedExecutionResult): string {
  return result.data === HELD ? '' : `${JSON.stringify(result)}\n`;
}

/** Adds a code to errors without one. These come from graphql-js and concern invalid values of variables. */
function withCode(error: GraphQLError): GraphQLFormattedError {
  const { extensions, ...formatted } = error.toJSON();
  return { ...formatted, extensions: { code: codeOf(error), ...extensions } };
}

/**
 * Masks unexpected errors of Apollo itself. The pipeline has already masked those of operations. Apollo's errors without a code, which are
 * about the request, such as a hash that is not the document's, get one, because Apollo would take them for faults of the server.
 */
function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  if (!(error instanceof GraphQLError) || isUnexpected(error)) {
    return graphqlError('INTERNAL_SERVER_ERROR', INTERNAL_ERROR_MESSAGE).toJSON();
  }
  if (error.extensions.code !== undefined) return formatted;
  return { ...formatted, extensions: { ...formatted.extensions, code: 'BAD_REQUEST' satisfies ErrorCode } };
}
