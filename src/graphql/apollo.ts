import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { GraphQLError } from 'graphql';
import { INTERNAL_ERROR_MESSAGE } from '../http/internal-error.ts';
import type { Context } from './context.ts';
import type { ErrorCode } from './errors.ts';
import { graphqlError, isUnexpected } from './errors.ts';
import type { Execute } from './execute.ts';
import { checkLimits, LIMITS } from './limits.ts';

/** The Apollo Server that parses, validates and answers requests; what it executes, it executes by `execute`. */
export async function startApollo(schema: GraphQLSchema, execute: Execute): Promise<ApolloServer<Context>> {
  const apollo = new ApolloServer<Context>({
    schema,
    plugins: [
      executingBy(execute),
      // These wrap every field, and serve what is not used here. Without them a page takes half the time.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    parseOptions: { maxTokens: LIMITS.tokens },
    introspection: true,
    // Credentials are in a header that browsers never add by themselves, so that no other site can ride along.
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError,
  });
  await apollo.start();
  return apollo;
}

/** Measures operations before they run, and runs them: the result that `execute` gives is complete, and needs no formatting. */
function executingBy(execute: Execute): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      let cost = 0;
      return {
        async didResolveOperation({ schema, document, operation, request }) {
          if (operation) cost = checkLimits(schema, document, operation, request.variables);
        },
        async responseForOperation({ document, operation, request: { operationName, variables }, contextValue }) {
          // There are several, and none was named: Apollo says so, whose types do not show it.
          if (!(operation satisfies OperationDefinitionNode | undefined)) return null;
          const { errors, data } = await execute({ document, operationName, variables }, contextValue);
          const head = { headers: new HeaderMap(), ...(data === undefined && { status: 400 }) };
          const result = {
            ...(errors && { errors: errors.map(withCode) }),
            ...(data !== undefined && { data }),
            extensions: { cost: { requested: cost, limit: LIMITS.cost } },
          };
          return { http: head, body: { kind: 'single', singleResult: result } };
        },
        async willSendResponse({ request, response, errors }) {
          // GraphQL over HTTP, 6.4.1: a client that knows application/json alone gets 200 for every well-formed request.
          const accept = request.http?.headers.get('accept') ?? '';
          if (!accept.includes('application/json') || accept.includes('application/graphql-response+json')) return;
          const wellFormed = !errors?.some(({ extensions }) => extensions.code === 'BAD_REQUEST');
          if (wellFormed && response.http.status === 400) response.http.status = 200;
          // What Apollo would choose, without negotiating anew for each answer.
          response.http.headers.set('content-type', 'application/json; charset=utf-8');
        },
      };
    },
  };
}

/** Errors that have no code are those of graphql-js, which found a variable that it could not read. */
function withCode(error: GraphQLError): GraphQLFormattedError {
  const { extensions, ...formatted } = error.toJSON();
  return { ...formatted, extensions: { code: 'BAD_USER_INPUT' satisfies ErrorCode, ...extensions } };
}

/** The last look at an error before it leaves. Execution has masked its own; what is left are Apollo's. */
function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  if (error instanceof GraphQLError && !isUnexpected(error)) return formatted;
  return graphqlError('INTERNAL_SERVER_ERROR', INTERNAL_ERROR_MESSAGE).toJSON();
}
