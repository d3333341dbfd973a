import type { DocumentNode } from 'graphql';
import { parse } from 'graphql';
import { LIMITS } from './limits.ts';

/** The options for every parser of documents, Apollo's included. */
export const PARSE_OPTIONS = { maxTokens: LIMITS.tokens };

/** Parses the text of a document. Throws a GraphQLError for text that is not GraphQL or has too many tokens. */
export function parseDocument(text: string): DocumentNode {
  return parse(text, PARSE_OPTIONS);
}

/** Whether the text may have a mutation: false only if it has none. Anything but a text, such as a missing one, may stand for one. */
export function mayMutate(text: unknown): boolean {
  return typeof text !== 'string' || text.includes('mutation');
}
