import type { ApolloServerOptions, ApolloServerPlugin } from '@apollo/server';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { GraphQLError } from 'graphql';
import type { Context } from './context.ts';
import { graphqlError, isUnexpected } from './errors.ts';
import type { Execute } from './execute.ts';
import { FAULT } from './execute.ts';
import { checkLimits, LIMITS } from './limits.ts';

/** The Apollo Server that parses, validates and answers requests; what it executes, it executes by `execute`. */
export async function startApollo(schema: GraphQLSchema, execute: Execute): Promise<ApolloServer<Context>> {
  const apollo = new ApolloServer<Context>({
    gateway: executingBy(schema, execute),
    plugins: [
      limiting,
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

type Gateway = NonNullable<ApolloServerOptions<Context>['gateway']>;

/** Apollo's way to hand execution over, which it made for federation. */
function executingBy(schema: GraphQLSchema, execute: Execute): Gateway {
  return {
    load: async () => ({
      executor: ({ document, request, context }) =>
        execute(
          { document, operationName: request.operationName ?? undefined, variables: request.variables ?? undefined },
          context as Context,
        ),
    }),
    onSchemaLoadOrUpdate(listen) {
      listen({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => {};
    },
    stop: async () => {},
  };
}

const limiting: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request, contextValue }) {
        if (operation) contextValue.cost = checkLimits(schema, document, operation, request.variables);
      },
      async willSendResponse({ request, response, contextValue }) {
        if (response.body.kind !== 'single') return;
        const { singleResult } = response.body;
        const { cost } = contextValue;
        if (cost !== undefined) {
          singleResult.extensions = { ...singleResult.extensions, cost: { requested: cost, limit: LIMITS.cost } };
        }
        // GraphQL over HTTP, 6.4.1: a client that knows application/json alone gets 200 for every well-formed request.
        const accept = request.http?.headers.get('accept') ?? '';
        const legacy = accept.includes('application/json') && !accept.includes('application/graphql-response+json');
        if (legacy && response.http.status === 400) response.http.status = 200;
      },
    };
  },
};

/** The last look at an error before it leaves. Execution has masked its own; what is left are Apollo's. */
function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  if (error instanceof GraphQLError && !isUnexpected(error)) return formatted;
  return graphqlError('INTERNAL_SERVER_ERROR', FAULT).toJSON();
}
