import type {
  ArgumentNode,
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLNamedType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { getNamedType, isCompositeType, isInputType, Kind, typeFromAST, valueFromAST } from 'graphql';
import { PAGE_SIZE } from './connection.ts';
import { refusal } from './errors.ts';

/** What one request may ask for. */
export const LIMITS = {
  /** Words and signs in a document. */
  tokens: 2_000,
  /** Fields within fields. */
  depth: 12,
  /** Fields under another name than their own. */
  aliases: 30,
  /** Objects that an operation may read. */
  cost: 10_000,
};

/** What a selection asks for. */
interface Size {
  cost: number;
  depth: number;
  aliases: number;
}

/**
 * The most objects that the operation may read, from the page sizes that it asks for: each object costs 1, and what is
 * within a list costs so many times. Throws when the operation is beyond a limit. It runs before anything is read.
 * A fragment is measured once however often it is spread, so that measuring costs no more than reading the document.
 */
export function checkLimits(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown> = {},
): number {
  const size = new Measure(schema, document, withDefaults(schema, operation, variables)).operation(operation);
  if (size.depth > LIMITS.depth) {
    throw refusal('TOO_DEEP', `The operation is ${size.depth} fields deep; at most ${LIMITS.depth} are allowed.`);
  }
  if (size.aliases > LIMITS.aliases) {
    throw refusal(
      'TOO_MANY_ALIASES',
      `The operation has ${size.aliases} aliases; at most ${LIMITS.aliases} are allowed.`,
    );
  }
  if (size.cost > LIMITS.cost) {
    throw refusal(
      'TOO_COSTLY',
      `The operation may read ${size.cost} objects; at most ${LIMITS.cost} are allowed. Ask for smaller pages.`,
    );
  }
  return size.cost;
}

/** The variables as they will be when the operation runs: what is not given has its default. */
function withDefaults(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Record<string, unknown>,
): Record<string, unknown> {
  const defaults = variableDefinitions.flatMap(({ variable, type, defaultValue }) => {
    const inputType = typeFromAST(schema, type);
    return defaultValue && isInputType(inputType)
      ? [[variable.name.value, valueFromAST(defaultValue, inputType)] as const]
      : [];
  });
  return { ...Object.fromEntries(defaults), ...variables };
}

class Measure {
  readonly #schema: GraphQLSchema;
  readonly #variables: Record<string, unknown>;
  readonly #fragments: Map<string, FragmentDefinitionNode>;
  readonly #measured = new Map<string, Size>();

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Record<string, unknown>) {
    this.#schema = schema;
    this.#variables = variables;
    this.#fragments = new Map(
      document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
    );
  }

  operation(operation: OperationDefinitionNode): Size {
    const root = this.#schema.getRootType(operation.operation);
    return root ? this.#selections(operation.selectionSet, root, 1) : { cost: 0, depth: 0, aliases: 0 };
  }

  /** `pageSize`: how many the connection has whose selections these are. */
  #selections(set: SelectionSetNode, parent: GraphQLNamedType, pageSize: number): Size {
    const total: Size = { cost: 0, depth: 0, aliases: 0 };
    for (const selection of set.selections) add(total, this.#selection(selection, parent, pageSize));
    return total;
  }

  #selection(selection: SelectionNode, parent: GraphQLNamedType, pageSize: number): Size {
    switch (selection.kind) {
      case Kind.FIELD:
        return this.#fieldOf(selection, parent, pageSize);
      case Kind.INLINE_FRAGMENT: {
        const type = selection.typeCondition ? this.#schema.getType(selection.typeCondition.name.value) : parent;
        return this.#selections(selection.selectionSet, type ?? parent, pageSize);
      }
      case Kind.FRAGMENT_SPREAD:
        return this.#fragment(selection.name.value, pageSize);
    }
  }

  #fieldOf(node: FieldNode, parent: GraphQLNamedType, pageSize: number): Size {
    const aliases = node.alias ? 1 : 0;
    const field = this.#definition(parent, node.name.value);
    const type = field && getNamedType(field.type);
    // Introspection reads nothing but the schema, and graphql-js has a limit of its own for it.
    if (!field || !node.selectionSet || !isCompositeType(type)) return { cost: 0, depth: 1, aliases };
    const args = node.arguments ?? [];
    const within = this.#selections(node.selectionSet, type, this.#pageSize(field, args));
    return {
      cost: this.#times(field, args, pageSize) * (1 + within.cost),
      depth: 1 + within.depth,
      aliases: aliases + within.aliases,
    };
  }

  #fragment(name: string, pageSize: number): Size {
    const key = `${name} ${pageSize}`;
    const measured = this.#measured.get(key);
    if (measured) return measured;
    const fragment = this.#fragments.get(name);
    const type = fragment && this.#schema.getType(fragment.typeCondition.name.value);
    const size =
      fragment && type ? this.#selections(fragment.selectionSet, type, pageSize) : { cost: 0, depth: 0, aliases: 0 };
    this.#measured.set(key, size);
    return size;
  }

  #definition(parent: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> | undefined {
    return 'getFields' in parent
      ? (parent.getFields() as Record<string, GraphQLField<unknown, unknown>>)[name]
      : undefined;
  }

  /** How often what the field selects is read: a connection's edges and nodes as often as its page is long. */
  #times(field: GraphQLField<unknown, unknown>, args: readonly ArgumentNode[], pageSize: number): number {
    if (field.name === 'edges' || field.name === 'nodes') {
      const ids = this.#argument(field, args, 'ids');
      return Array.isArray(ids) ? ids.length : pageSize;
    }
    return 1;
  }

  #pageSize(field: GraphQLField<unknown, unknown>, args: readonly ArgumentNode[]): number {
    if (!field.args.some((argument) => argument.name === 'first')) return 1;
    const asked = this.#argument(field, args, 'first') ?? this.#argument(field, args, 'last');
    // What is out of range is refused when it is read; it must not make the whole cheaper here.
    return typeof asked === 'number' ? Math.max(1, asked) : PAGE_SIZE.standard;
  }

  #argument(field: GraphQLField<unknown, unknown>, args: readonly ArgumentNode[], name: string): unknown {
    const given = args.find((argument) => argument.name.value === name);
    const definition = field.args.find((argument) => argument.name === name);
    if (!given || !definition) return undefined;
    return given.value.kind === Kind.VARIABLE
      ? this.#variables[given.value.name.value]
      : valueFromAST(given.value, definition.type, this.#variables);
  }
}

function add(total: Size, part: Size): void {
  total.cost += part.cost;
  total.depth = Math.max(total.depth, part.depth);
  total.aliases += part.aliases;
}
