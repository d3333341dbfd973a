import type { GraphQLField, GraphQLResolveInfo } from 'graphql';
import { getArgumentValues, locatedError } from 'graphql';

/**
 * Makes graphql-js read a field's arguments, also when graphql-jit executes. graphql-jit would read a missing variable
 * within an input object as null instead of the default. Errors of the resolver get their location in the document here,
 * because graphql-jit does not add it.
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
