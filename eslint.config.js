import graphql from '@graphql-eslint/eslint-plugin';

// ESLint checks the GraphQL schema only. oxlint checks the code.
export default [
  {
    files: ['schema/*.graphql'],
    plugins: { '@graphql-eslint': graphql },
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: 'schema/*.graphql' } },
    },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          rootField: true,
          DirectiveDefinition: true,
          EnumValueDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
        },
      ],
      '@graphql-eslint/input-name': ['error', { checkInputType: true, caseSensitiveInputType: false }],
      '@graphql-eslint/no-scalar-result-type-on-mutation': 'error',
      '@graphql-eslint/require-nullable-fields-with-oneof': 'error',

      // Off, because the rule allows one style only: "text" for short descriptions, or """text""" for long ones.
      '@graphql-eslint/description-style': 'off',
      // Relay requires edges in a connection's `edges`. The schema also has lists of nodes, errors and UUIDs.
      '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
      // Every type has an `id: ID!`, except those that are not found by an id: parts of lists, payloads and changes,
      // plans of imports, webhooks, and what `viewer` shows.
      '@graphql-eslint/strict-id-in-types': [
        'error',
        {
          acceptedIdNames: ['id'],
          acceptedIdTypes: ['ID'],
          exceptions: {
            suffixes: ['Batch', 'Connection', 'Edge', 'Payload'],
            types: [
              'CampaignImport',
              'ChangeActor',
              'ChangedField',
              'PageInfo',
              'PlannedCampaign',
              'RateLimit',
              'Upstream',
              'UpstreamBudget',
              'User',
              'UserError',
              'Viewer',
              'Webhook',
              'WebhookFailure',
              'Workspace',
            ],
          },
        },
      ],
    },
  },
];
