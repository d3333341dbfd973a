import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLScalarType, GraphQLSchema } from 'graphql';
import { PACKAGE_ROOT } from '../package-root.ts';
import type { Resolvers } from './generated/resolvers.ts';
import { limitMutationIds } from './mutation-ids.ts';
import { NODES, nodeResolvers } from './nodes.ts';
import { CampaignImport, ImportCampaignsPayload, PlannedCampaign } from './resolvers/campaign-import.ts';
import { ApiToken, Member } from './resolvers/members.ts';
import { Mutation } from './resolvers/mutation.ts';
import { Campaign, Change, ChangeSubject, Group, Upstream, Viewer, Workspace } from './resolvers/objects.ts';
import { Query } from './resolvers/query.ts';
import { ChangeBatch, Subscription } from './resolvers/subscription.ts';
import { Webhook } from './resolvers/webhooks.ts';
import { AnyJson, DateTime, UUID } from './scalars.ts';

const FOLDER = join(PACKAGE_ROOT, 'schema');

/** The schema as clients get it: one text in which each type stands once, because not every tool reads `extend type`. */
export function readPrintedSchema(): string {
  return readFileSync(join(FOLDER, 'generated/schema.graphql'), 'utf8');
}

/** All files of schema/, joined. */
function readTypeDefs(): string {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.graphql'));
  return files.map((file) => readFileSync(join(FOLDER, file), 'utf8')).join('\n');
}

const resolvers: Resolvers = {
  Query,
  Mutation,
  Campaign,
  CampaignImport,
  PlannedCampaign,
  ImportCampaignsPayload,
  Group,
  Member,
  ApiToken,
  Change,
  ChangeSubject,
  Viewer,
  Workspace,
  Upstream,
  Webhook,
};

/** The functions that read and write a scalar. Its name and description come from the schema's text. */
const codec = ({ serialize, parseValue, parseLiteral }: GraphQLScalarType) => ({ serialize, parseValue, parseLiteral });

/** The executable schema: the text in schema/ with its resolvers. */
export function createSchema(): GraphQLSchema {
  const schema = makeExecutableSchema({
    typeDefs: readTypeDefs(),
    resolvers: [
      nodeResolvers(NODES),
      { ...resolvers, Subscription, ChangeBatch, DateTime: codec(DateTime), UUID: codec(UUID), JSON: codec(AnyJson) },
    ],
  });
  limitMutationIds(schema);
  return schema;
}
