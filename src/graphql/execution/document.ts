import type { DocumentNode, GraphQLSchema } from 'graphql';
import { GraphQLError, parse, SingleFieldSubscriptionsRule, validate } from 'graphql';
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

/**
 * Whether the field of a subscription in this text depends on a variable, by `@skip` or `@include`. Such a subscription is not
 * valid (GraphQL specification, 5.2.4.1). graphql-js does not report it among the errors of a document: its rule throws,
 * because variables have no values yet.
 */
export function hasConditionalSubscription(schema: GraphQLSchema, text: unknown): boolean {
  if (typeof text !== 'string' || !text.includes('subscription')) return false;
  let document: DocumentNode;
  try {
    document = parseDocument(text);
  } catch {
    // Who runs the document says what is wrong with it.
    return false;
  }
  try {
    validate(schema, document, [SingleFieldSubscriptionsRule]);
    return false;
  } catch (error) {
    if (error instanceof GraphQLError) return true;
    throw error;
  }
}
