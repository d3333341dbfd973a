import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLField, GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import { getArgumentValues, isObjectType, locatedError } from 'graphql';
import type { Resolvers } from './generated/resolvers.ts';
import { Mutation } from './resolvers/mutation.ts';
import { Campaign, CampaignConnection, Group, GroupConnection, Node, PageInfo, Viewer } from './resolvers/objects.ts';
import { Query } from './resolvers/query.ts';
import { DateTime, UUID } from './scalars.ts';

const FOLDER = join(import.meta.dirname, '../../schema');

/** The schema's text, as its authors wrote it: one file a concept. */
export function readTypeDefs(): string {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.graphql'));
  return files.map((file) => readFileSync(join(FOLDER, file), 'utf8')).join('\n');
}

const resolvers: Resolvers = {
  Query,
  Mutation,
  Node,
  Campaign,
  CampaignConnection,
  Group,
  GroupConnection,
  PageInfo,
  Viewer,
  DateTime,
  UUID,
};

/** The executable schema: the text in schema/ with the resolvers of resolvers/. */
export function createSchema(): GraphQLSchema {
  const schema = makeExecutableSchema({ typeDefs: readTypeDefs(), resolvers });
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) if (field.args.length) readArgumentsByGraphQL(field);
  }
  return schema;
}

/**
 * Arguments are read by graphql-js, whoever executes: where a variable is not given within an object, graphql-jit takes it
 * for null, and not for the default. What a resolver throws is located, which graphql-jit leaves out.
 */
function readArgumentsByGraphQL(field: GraphQLField<unknown, unknown>): void {
  const { resolve } = field;
  if (!resolve) return;
  field.resolve = (source, _args, context, info) => {
    try {
      const [node] = info.fieldNodes;
      const args = node ? getArgumentValues(field, node, info.variableValues) : {};
      const result: unknown = resolve(source, args, context, info);
      return result instanceof Promise ? result.catch((error: unknown) => locate(error, info)) : result;
    } catch (error) {
      return locate(error, info);
    }
  };
}

function locate(error: unknown, { fieldNodes, path }: GraphQLResolveInfo): never {
  const keys: (string | number)[] = [];
  for (let at: GraphQLResolveInfo['path'] | undefined = path; at; at = at.prev) keys.unshift(at.key);
  throw locatedError(error, fieldNodes, keys);
}
