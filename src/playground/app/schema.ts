import { buildSchema, type GraphQLSchema } from 'graphql';

let schema: Promise<GraphQLSchema> | undefined;

/** The server's schema. It is public, so that documentation and completion need no token. */
export function loadSchema(): Promise<GraphQLSchema> {
  schema ??= fetch('/schema.graphql').then(async (response) => {
    if (!response.ok) throw new Error(`The server answered with ${response.status}.`);
    return buildSchema(await response.text(), { assumeValid: true });
  });
  // After a failure the next call tries again.
  schema.catch(() => (schema = undefined));
  return schema;
}
