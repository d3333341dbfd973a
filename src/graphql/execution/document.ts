import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import { parse, validate } from 'graphql';
import { LIMITS } from './limits.ts';

/** The options for every parser of documents, Apollo's included. */
export const PARSE_OPTIONS = { maxTokens: LIMITS.tokens };

/** Parses the text of a document. Throws a GraphQLError for text that is not GraphQL or has too many tokens. */
export function parseDocument(text: string): DocumentNode {
  return parse(text, PARSE_OPTIONS);
}

/** The errors of a document against the schema. The list is empty when the document is valid. */
export function validateDocument(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  return validate(schema, document);
}
