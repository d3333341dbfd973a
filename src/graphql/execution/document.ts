import type { DocumentNode, GraphQLError, GraphQLSchema, SelectionSetNode } from 'graphql';
import { Kind, OperationTypeNode, parse, validate } from 'graphql';
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

/** Whether the text may have a mutation: false only if it has none. Anything but a text, such as a missing one, may stand for one. */
export function mayMutate(text: unknown): boolean {
  return typeof text !== 'string' || text.includes('mutation');
}

/**
 * Whether a subscription in this text may leave its field out, by `@skip` or `@include`. The GraphQL specification forbids this
 * (5.2.4.1). graphql-js reports no error for it, but throws an exception, either during validation or when it looks for the
 * field.
 */
export function hasConditionalSubscription(text: unknown): boolean {
  if (typeof text !== 'string' || !text.includes('subscription')) return false;
  let document: DocumentNode;
  try {
    document = parseDocument(text);
  } catch {
    // The syntax error is reported later, when the document is run.
    return false;
  }
  const fragments = new Map<string, SelectionSetNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node.selectionSet);
  }
  return document.definitions.some(
    (node) =>
      node.kind === Kind.OPERATION_DEFINITION &&
      node.operation === OperationTypeNode.SUBSCRIPTION &&
      hasCondition(node.selectionSet, fragments),
  );
}

/** Whether a selection has a condition, directly or in a fragment that it selects. Each fragment is visited once. */
function hasCondition({ selections }: SelectionSetNode, fragments: Map<string, SelectionSetNode>): boolean {
  return selections.some((selection) => {
    if (selection.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include')) return true;
    if (selection.kind === Kind.INLINE_FRAGMENT) return hasCondition(selection.selectionSet, fragments);
    if (selection.kind !== Kind.FRAGMENT_SPREAD) return false;
    const fragment = fragments.get(selection.name.value);
    fragments.delete(selection.name.value);
    return fragment !== undefined && hasCondition(fragment, fragments);
  });
}
