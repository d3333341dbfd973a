import { createHash } from 'node:crypto';
import type { CodegenConfig } from '@graphql-codegen/cli';

const scalars = {
  DateTime: { input: 'number', output: 'number' },
  UUID: { input: 'string', output: 'string' },
  ID: { input: 'string', output: 'string' },
};

const config: CodegenConfig = {
  schema: 'schema/*.graphql',
  generates: {
    // The whole schema in one sorted file, so that a review sees every change to it.
    'schema/generated/schema.graphql': {
      plugins: ['schema-ast'],
      config: { includeDirectives: true, sort: true },
    },
    'src/graphql/generated/resolvers.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        skipTypename: true,
        scalars,
        importExtension: '.ts',
        emitLegacyCommonJSImports: false,
        contextType: '../context.ts#Context',
        avoidOptionals: { field: true, object: true },
        mappers: {
          Campaign: '../../model/campaign.ts#Campaign as CampaignModel',
          Group: '../../model/group.ts#GroupSummary as GroupModel',
          CampaignConnection: '../connection.ts#AnyConnection',
          GroupConnection: '../connection.ts#AnyConnection',
          PageInfo: '../connection.ts#PageFacts',
          Viewer: '../../access/identity.ts#Identity',
          UserError: '../../model/user-error.ts#UserError as UserErrorModel',
        },
      },
    },
    // The operations that REST requests are translated to, as parsed documents with types.
    'src/rest/generated/operations.ts': {
      documents: 'src/rest/**/*.graphql',
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        useTypeImports: true,
        enumType: 'string-literal',
        strictScalars: true,
        skipTypename: true,
        // What crosses the border of the schema is JSON: times are text there.
        scalars: { DateTime: 'string', UUID: 'string', ID: 'string' },
        emitLegacyCommonJSImports: false,
      },
    },
    // The console's operations, and the manifest by which the server knows them as trusted documents.
    'src/console/app/generated/': {
      documents: 'src/console/app/**/*.{ts,tsx}',
      preset: 'client',
      presetConfig: {
        fragmentMasking: { unmaskFunctionName: 'getFragmentData' },
        // The bare hex that Apollo's `persistedQuery` extension carries; the preset's own algorithms add a prefix.
        persistedDocuments: { hashAlgorithm: (text: string) => createHash('sha256').update(text).digest('hex') },
      },
      config: {
        documentMode: 'string',
        useTypeImports: true,
        enumType: 'string-literal',
        strictScalars: true,
        scalars: { DateTime: 'string', UUID: 'string', ID: 'string' },
      },
    },
  },
};

export default config;
