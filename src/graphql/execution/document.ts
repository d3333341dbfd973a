import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import { parse, validate } from 'graphql';
import { LIMITS } from './limits.ts';

/** How documents are parsed, whoever parses them. */
export const PARSE_OPTIONS = { maxTokens: LIMITS.tokens };

/** The document of a text. Throws a GraphQLError for text that is not GraphQL or has too many tokens. */
export function parseDocument(text: string): DocumentNode {
  return parse(text, PARSE_OPTIONS);
}

/** What is wrong with a document by the schema; an empty list for one that can run. */
export function validateDocument(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  return validate(schema, document);
}
