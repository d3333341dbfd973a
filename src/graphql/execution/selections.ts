import type {
  DirectiveNode,
  DocumentNode,
  FragmentDefinitionNode,
  GraphQLDirective,
  GraphQLField,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import type { FieldNode } from 'graphql';
import { getArgumentValues, getDirectiveValues, GraphQLIncludeDirective, GraphQLSkipDirective, Kind } from 'graphql';

/** The fragments of a document, by their names. */
export function fragmentsOf({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> {
  return new Map(
    definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
}

/** The selections of a document, with the values of its variables. */
export class Selections {
  readonly #variables: Record<string, unknown>;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  /** `variables` are as graphql-js coerces them. */
  constructor(document: DocumentNode, variables: Record<string, unknown>) {
    this.#variables = variables;
    this.#fragments = fragmentsOf(document);
  }

  /** All fragments, by their names. */
  fragments(): Record<string, FragmentDefinitionNode> {
    return Object.fromEntries(this.#fragments);
  }

  fragment(name: string): FragmentDefinitionNode | undefined {
    return this.#fragments.get(name);
  }

  /** The selections of a set without those that `@skip` and `@include` leave out. */
  included({ selections }: SelectionSetNode): readonly SelectionNode[] {
    return selections.some(({ directives }) => directives?.length)
      ? selections.filter((selection) => this.#isIncluded(selection))
      : selections;
  }

  /** The values of a field's arguments, with their defaults; undefined when they cannot be used, so that nothing is read. */
  argumentsOf(field: GraphQLField<unknown, unknown>, node: FieldNode): Record<string, unknown> | undefined {
    try {
      return getArgumentValues(field, node, this.#variables);
    } catch {
      return undefined;
    }
  }

  /**
   * How many fields an operation has at its root. Fields with the same response key count once, because they are executed once.
   * `__typename` does not count, because nothing is executed for it.
   */
  rootFields({ selectionSet }: OperationDefinitionNode): number {
    const keys = new Set<string>();
    const visited = new Set<string>();
    const visit = (set: SelectionSetNode): void => {
      for (const selection of this.included(set)) {
        if (selection.kind === Kind.FIELD) {
          if (selection.name.value !== '__typename') keys.add((selection.alias ?? selection.name).value);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet);
        else if (!visited.has(selection.name.value)) {
          visited.add(selection.name.value);
          const fragment = this.fragment(selection.name.value);
          if (fragment) visit(fragment.selectionSet);
        }
      }
    };
    visit(selectionSet);
    return keys.size;
  }

  #isIncluded(selection: SelectionNode): boolean {
    return (
      this.#condition(GraphQLSkipDirective, selection) !== true &&
      this.#condition(GraphQLIncludeDirective, selection) !== false
    );
  }

  #condition(directive: GraphQLDirective, selection: { readonly directives?: readonly DirectiveNode[] }): unknown {
    try {
      return getDirectiveValues(directive, selection, this.#variables)?.['if'];
    } catch {
      // A variable without a value. Execution refuses it.
      return undefined;
    }
  }
}
