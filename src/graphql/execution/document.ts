import type { DocumentNode, SelectionSetNode } from 'graphql';
import { BREAK, Kind, OperationTypeNode, parse, visit } from 'graphql';
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

/** A text that is shorter cannot have a field too often, because each has a letter and a space. */
const SHORT = 2 * LIMITS.repeats;

/** Why a text must not be validated by graphql-js; null when it may be. A text that is not GraphQL may be: the error is reported later. */
export function unfitForValidation(text: unknown): string | null {
  if (typeof text !== 'string' || (text.length < SHORT && !text.includes('subscription'))) return null;
  let document: DocumentNode;
  try {
    document = parseDocument(text);
  } catch {
    return null;
  }
  if (hasConditionalSubscription(document)) {
    return 'A subscription always has its field: "@skip" and "@include" cannot stand there.';
  }
  const repeated = repeatedField(document);
  if (repeated === null) return null;
  return `The field ${repeated} stands more than ${LIMITS.repeats} times in one selection. Select it once.`;
}

/**
 * A field that one selection has too often. graphql-js compares each with each (the rule OverlappingFieldsCanBeMerged), which takes a
 * tenth of a second for as many as a document can have.
 */
function repeatedField(document: DocumentNode): string | null {
  let repeated: string | null = null;
  visit(document, {
    SelectionSet({ selections }) {
      if (selections.length <= LIMITS.repeats) return undefined;
      const counts = new Map<string, number>();
      for (const selection of selections) {
        if (selection.kind !== Kind.FIELD) continue;
        const key = (selection.alias ?? selection.name).value;
        const count = (counts.get(key) ?? 0) + 1;
        counts.set(key, count);
        if (count > LIMITS.repeats) repeated = key;
      }
      return repeated === null ? undefined : BREAK;
    },
  });
  return repeated;
}

/**
 * Whether a subscription may leave its field out, by `@skip` or `@include`. The GraphQL specification forbids this (5.2.4.1).
 * graphql-js reports no error for it, but throws an exception, either during validation or when it looks for the field.
 */
function hasConditionalSubscription(document: DocumentNode): boolean {
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
