import type {
  ASTVisitor,
  DocumentNode,
  FieldNode,
  FragmentSpreadNode,
  SelectionNode,
  SelectionSetNode,
  ValidationContext,
  ValidationRule,
} from 'graphql';
import { GraphQLError, Kind, OperationTypeNode, TokenKind } from 'graphql';
import { LIMITS } from './limits.ts';
import { fragmentsOf } from './selections.ts';

/**
 * The rules that a document must keep before graphql-js's own rules see it. They are for Apollo Server, which reports their errors like
 * those of every other rule.
 */
export const VALIDATION_RULES: readonly ValidationRule[] = [
  (context) => beforeOtherRules(context, longName),
  (context) => beforeOtherRules(context, conditionalSubscription),
  (context) => beforeOtherRules(context, manyComparisons),
];

/** Reports the error of the document, if there is one, and ends the validation with it. */
function beforeOtherRules(
  context: ValidationContext,
  find: (document: DocumentNode, fragments: Fragments) => GraphQLError | null,
): ASTVisitor {
  return {
    Document(document) {
      const error = find(document, fragmentsOf(document));
      if (!error) return undefined;
      context.reportError(error);
      // To a visitor of graphql-js, null means that there is no such node any more. No rule then sees what is in the document.
      return null;
    },
  };
}

/** The error of a name that is too long. graphql-js compares an unknown name letter by letter with each that would be right. */
function longName({ loc }: DocumentNode): GraphQLError | null {
  for (let token = loc?.startToken ?? null; token; token = token.next) {
    if (token.kind !== TokenKind.NAME || token.value.length <= LIMITS.nameLength) continue;
    return new GraphQLError(`A name has more than ${LIMITS.nameLength} characters.`, {
      source: loc?.source,
      positions: [token.start],
    });
  }
  return null;
}

type Fragments = ReturnType<typeof fragmentsOf>;

/**
 * The error of a document whose fields would take too long to compare. graphql-js compares every two fields with the same response key in
 * one place, and every two fragments (the rule OverlappingFieldsCanBeMerged), at one or two microseconds a pair.
 */
function manyComparisons({ definitions }: DocumentNode, fragments: Fragments): GraphQLError | null {
  const places = definitions.flatMap((node) => ('selectionSet' in node ? [[node.selectionSet]] : []));
  const known = new Set<string>();
  let comparisons = 0;
  // The list grows while it is read. A recursion could be too deep for the stack.
  for (const place of places) {
    for (const compared of mergedIn(place, fragments)) {
      // Each counts once by itself, because finding it takes as long as a comparison.
      comparisons += (compared.length * (compared.length + 1)) / 2;
      if (comparisons > LIMITS.comparisons) return tooManyComparisons(compared);
      const within = compared.flatMap((node) => (node.kind === Kind.FIELD && node.selectionSet) || []);
      const name = within.map(({ loc }) => loc?.start).join(' ');
      if (within.length === 0 || known.has(name)) continue;
      known.add(name);
      places.push(within);
    }
  }
  return null;
}

function tooManyComparisons(nodes: Compared): GraphQLError {
  return new GraphQLError(
    `Validating the document takes more than ${LIMITS.comparisons} comparisons of fields and of fragments. Select each field once in each place, and spread fewer fragments there.`,
    { nodes: nodes.slice(0, 2) },
  );
}

type Compared = readonly (FieldNode | FragmentSpreadNode)[];

/** What is compared when selections are merged: the fields of each response key, and the fragments, each of which is spread once. */
function mergedIn(place: readonly SelectionSetNode[], fragments: Fragments): readonly Compared[] {
  const fields = new Map<string, FieldNode[]>();
  const spreads = new Map<string, FragmentSpreadNode>();
  const merge = (selection: SelectionNode): void => {
    if (selection.kind === Kind.FIELD) {
      const key = (selection.alias ?? selection.name).value;
      const others = fields.get(key);
      if (others) others.push(selection);
      else fields.set(key, [selection]);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      selection.selectionSet.selections.forEach(merge);
    } else if (!spreads.has(selection.name.value)) {
      spreads.set(selection.name.value, selection);
      fragments.get(selection.name.value)?.selectionSet.selections.forEach(merge);
    }
  };
  for (const { selections } of place) selections.forEach(merge);
  return [...fields.values(), [...spreads.values()]];
}

/**
 * The error of a subscription that may leave its field out, by `@skip` or `@include`. The GraphQL specification forbids this (5.2.4.1).
 * graphql-js reports no error for it, but throws an exception, either during validation or when it looks for the field.
 */
function conditionalSubscription({ definitions }: DocumentNode, fragments: Fragments): GraphQLError | null {
  for (const node of definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION || node.operation !== OperationTypeNode.SUBSCRIPTION) continue;
    const conditional = withCondition(node.selectionSet, new Map(fragments));
    if (!conditional) continue;
    return new GraphQLError('A subscription always has its field: "@skip" and "@include" cannot stand there.', {
      nodes: conditional,
    });
  }
  return null;
}

/** The first part of a selection with a condition, directly or in a fragment that it selects. Each of the fragments is visited once. */
function withCondition({ selections }: SelectionSetNode, fragments: Fragments): SelectionNode | undefined {
  for (const selection of selections) {
    if (selection.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include')) return selection;
    if (selection.kind === Kind.FIELD) continue;
    const within = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (selection.kind === Kind.FRAGMENT_SPREAD) fragments.delete(selection.name.value);
    const found = within && withCondition(within.selectionSet, fragments);
    if (found) return found;
  }
  return undefined;
}
