import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { buildSchema, isObjectType } from 'graphql';

const scalars = {
  DateTime: { input: 'number', output: 'number' },
  UUID: { input: 'string', output: 'string' },
  ID: { input: 'string', output: 'string' },
  JSON: { input: 'unknown', output: 'unknown' },
};

/**
 * What resolvers get for the types that implement `Node`: an object of the model, whose type has the same name and stands
 * in a file of that name, and for the type's connection a connection of whatever nodes.
 */
function nodeMappers(): Record<string, string> {
  const schema = buildSchema(
    globSync('schema/*.graphql')
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n'),
  );
  return Object.fromEntries(
    Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node'))
      .flatMap(({ name }) => [
        [name, `../../model/${name.replaceAll(/\B[A-Z]/g, '-$&').toLowerCase()}.ts#${name} as ${name}Model`],
        [`${name}Connection`, '../connection.ts#AnyConnection'],
      ]),
  );
}

const config: CodegenConfig = {
  schema: 'schema/*.graphql',
  generates: {
    // The whole schema in one sorted file, so that a review sees every change to it.
    'schema/generated/schema.graphql': {
      plugins: ['schema-ast'],
      config: { includeDirectives: true, sort: true },
    },
    // The OpenAPI description as the server reads it.
    'schema/generated/openapi.json': { plugins: ['./scripts/openapi-json.ts'] },
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
          ...nodeMappers(),
          // A campaign's row brings only a summary of its group.
          Group: '../../model/group.ts#GroupSummary as GroupModel',
          ChangeSubject: '../../model/list.ts#Listed',
          PageInfo: '../connection.ts#PageFacts',
          Viewer: '../../access/identity.ts#Identity',
          Workspace: '../../access/identity.ts#OwnWorkspace',
          Upstream: '../../model/upstream.ts#Upstream as UpstreamModel',
          Webhook: '../../model/webhook.ts#Webhook as WebhookModel',
          CampaignImport: '../../model/campaign-import.ts#ImportPlan',
          PlannedCampaign: '../../model/campaign-import.ts#PlannedRow',
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
        scalars: { DateTime: 'string', UUID: 'string', ID: 'string', JSON: 'unknown' },
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
        scalars: { DateTime: 'string', UUID: 'string', ID: 'string', JSON: 'unknown' },
      },
    },
  },
};

export default config;
