import type { GraphQLField, GraphQLResolveInfo } from 'graphql';
import { getArgumentValues, locatedError } from 'graphql';

/**
 * Arguments are read by graphql-js, whoever executes: where a variable is not given within an object, graphql-jit takes it
 * for null, and not for the default. What a resolver throws is located, which graphql-jit leaves out.
 */
export function readArgumentsByGraphQL(field: GraphQLField<unknown, unknown>): void {
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
