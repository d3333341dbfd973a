import type {
  ArgumentNode,
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLError,
  GraphQLField,
  GraphQLNamedType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { getNamedType, isCompositeType, isInputType, Kind, typeFromAST, valueFromAST } from 'graphql';
import { PAGE_SIZE } from '../connection.ts';
import { graphqlError } from '../errors.ts';

/** The limits of one operation. */
export const LIMITS = {
  /** Tokens in a document. */
  tokens: 2_000,
  /** Levels of nested fields. */
  depth: 12,
  /** Fields with an alias. */
  aliases: 30,
  /** Objects that an operation may read. */
  cost: 10_000,
};

/** The measured size of an operation. */
export interface Cost {
  /** The maximum number of objects that the operation may read. */
  readonly cost: number;
  readonly depth: number;
  readonly aliases: number;
}

type Mutable<Type> = { -readonly [Member in keyof Type]: Type[Member] };

const NOTHING: Cost = { cost: 0, depth: 0, aliases: 0 };

/** How many costs are cached for one operation. There is one for each set of page sizes. */
const MAX_COSTS = 50;

/** Measures an operation with the values of its variables. */
export type MeasureOperation = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables?: Record<string, unknown>,
) => Cost;

/**
 * Measures operations. Each object costs 1. The cost of a list's selections is multiplied by the requested page size.
 * Costs are cached by operation and page sizes, because measuring takes longer than reading one row.
 */
export function createMeasure(schema: GraphQLSchema): MeasureOperation {
  const kept = new WeakMap<OperationDefinitionNode, Map<string, Cost>>();
  return (document, operation, variables = {}) => {
    let costs = kept.get(operation);
    if (!costs) kept.set(operation, (costs = new Map()));
    const key = sizesIn(operation, variables);
    let cost = costs.get(key);
    if (!cost) {
      cost = new Measure(schema, document, withDefaults(schema, operation, variables)).operation(operation);
      if (costs.size >= MAX_COSTS) costs.clear();
      costs.set(key, cost);
    }
    return cost;
  };
}

/** The part of the variables' values that can set page sizes: numbers and the lengths of lists. */
function sizesIn({ variableDefinitions = [] }: OperationDefinitionNode, variables: Record<string, unknown>): string {
  let key = '';
  for (const { variable } of variableDefinitions) {
    const value = variables[variable.name.value];
    key +=
      typeof value === 'number' || value === null ? ` ${value}` : Array.isArray(value) ? ` [${value.length}]` : ' ';
    if (value === undefined) key += '-';
  }
  return key;
}

/** The error for the first exceeded limit, or null when the operation is within all limits. */
export function exceededLimit({ depth, aliases, cost }: Cost): GraphQLError | null {
  if (depth > LIMITS.depth) {
    return graphqlError('TOO_DEEP', `The operation is ${depth} fields deep; at most ${LIMITS.depth} are allowed.`);
  }
  if (aliases > LIMITS.aliases) {
    return graphqlError(
      'TOO_MANY_ALIASES',
      `The operation has ${aliases} aliases; at most ${LIMITS.aliases} are allowed.`,
    );
  }
  if (cost > LIMITS.cost) {
    return graphqlError(
      'TOO_COSTLY',
      `The operation may read ${cost} objects; at most ${LIMITS.cost} are allowed. Ask for smaller pages.`,
    );
  }
  return null;
}

/** The variables with the operation's defaults for those that are not given. */
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

/**
 * One measurement of an operation. A fragment is measured once for each page size, however often it is spread, because
 * nested spreads would otherwise make measuring take exponential time.
 */
class Measure {
  readonly #schema: GraphQLSchema;
  readonly #variables: Record<string, unknown>;
  readonly #fragments: Map<string, FragmentDefinitionNode>;
  readonly #measured = new Map<string, Cost>();

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Record<string, unknown>) {
    this.#schema = schema;
    this.#variables = variables;
    this.#fragments = new Map(
      document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
    );
  }

  operation(operation: OperationDefinitionNode): Cost {
    const root = this.#schema.getRootType(operation.operation);
    return root ? this.#selections(operation.selectionSet, root, 1) : NOTHING;
  }

  /** `pageSize` is the page size of the connection that has these selections. */
  #selections(set: SelectionSetNode, parent: GraphQLNamedType, pageSize: number): Cost {
    const total = { ...NOTHING };
    for (const selection of set.selections) add(total, this.#selection(selection, parent, pageSize));
    return total;
  }

  #selection(selection: SelectionNode, parent: GraphQLNamedType, pageSize: number): Cost {
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

  #fieldOf(node: FieldNode, parent: GraphQLNamedType, pageSize: number): Cost {
    const aliases = node.alias ? 1 : 0;
    const field = this.#definition(parent, node.name.value);
    const type = field && getNamedType(field.type);
    // Introspection fields cost nothing, because they read only the schema. graphql-js limits them itself.
    if (!field || !node.selectionSet || !isCompositeType(type)) return { cost: 0, depth: 1, aliases };
    const args = node.arguments ?? [];
    const within = this.#selections(node.selectionSet, type, this.#pageSize(field, args));
    return {
      cost: this.#times(field, args, pageSize) * (1 + within.cost),
      depth: 1 + within.depth,
      aliases: aliases + within.aliases,
    };
  }

  #fragment(name: string, pageSize: number): Cost {
    const key = `${name} ${pageSize}`;
    const measured = this.#measured.get(key);
    if (measured) return measured;
    const fragment = this.#fragments.get(name);
    const type = fragment && this.#schema.getType(fragment.typeCondition.name.value);
    const size = fragment && type ? this.#selections(fragment.selectionSet, type, pageSize) : NOTHING;
    this.#measured.set(key, size);
    return size;
  }

  #definition(parent: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> | undefined {
    return 'getFields' in parent
      ? (parent.getFields() as Record<string, GraphQLField<unknown, unknown>>)[name]
      : undefined;
  }

  /**
   * How many objects the field reads: the page size for `edges` and `nodes` of a connection, the ids for `nodes`, else
   * 1.
   */
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
    // The connection refuses a size out of range later. Here it counts as at least 1, so that it cannot lower the cost.
    return typeof asked === 'number' ? Math.max(1, asked) : PAGE_SIZE.default;
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

function add(total: Mutable<Cost>, part: Cost): void {
  total.cost += part.cost;
  total.depth = Math.max(total.depth, part.depth);
  total.aliases += part.aliases;
}
