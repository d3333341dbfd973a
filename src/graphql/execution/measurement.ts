import type {
  FieldNode,
  GraphQLField,
  GraphQLNamedType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { getNamedType, getNullableType, isCompositeType, isListType, isObjectType, Kind } from 'graphql';
import type { ListReach } from '../../model/reach.ts';
import { CHANGES_CURSOR } from '../changes-cursor-field.ts';
import { BOUND_OF_EXISTENCE, PAGE_SIZE } from '../connection.ts';
import { Introspection, metaField } from './introspection.ts';
import { LIMITS } from './limits.ts';
import { listOf, maxItemsOf, priceOfEach } from './list-extensions.ts';
import { PRICES } from './prices.ts';
import type { Selections } from './selections.ts';
import type { Size } from './size.ts';
import { dearer, EMPTY, ofObjects, ofReach, sum } from './size.ts';

/** Ways to measure an operation as if it asked for less. */
export interface Lessening {
  /** No page is larger than this. */
  readonly maxPageSize?: number;
  /** `totalCount` costs nothing. */
  readonly withoutCounts?: boolean;
  /** No list in the arguments has more items than this. */
  readonly maxItems?: number;
}

/** The connection that the selections belong to, and the arguments with which it is read. */
interface ListContext {
  readonly pageSize: number;
  readonly args: Readonly<Record<string, unknown>>;
  /** null for arguments with which the field reads nothing. */
  readonly reach: ListReach | null;
  /**
   * The outcome to measure, for a mutation of many objects. `userErrors` is empty when it is done. All other lists are null
   * when it is refused.
   */
  readonly outcome?: 'done' | 'refused';
}

type Field = GraphQLField<unknown, unknown>;

/** The field of payloads that says why nothing was done. */
const USER_ERRORS = 'userErrors';

/** The arguments that have a list of what is to be changed. */
interface GivenArguments {
  readonly rows?: readonly unknown[];
  readonly input?: { readonly rows?: readonly unknown[]; readonly campaigns?: readonly unknown[] };
}

interface GivenList {
  readonly length: number;
  /** What each item costs, besides what is returned of it. */
  readonly price: number;
}

/**
 * One measurement of an operation. What a fragment selects is measured once for each connection, however often it is
 * spread, because nested spreads would otherwise make measuring take exponential time.
 */
export class Measurement {
  readonly #schema: GraphQLSchema;
  readonly #selections: Selections;
  readonly #introspection: Introspection;
  readonly #lessening: Lessening;
  readonly #measured = new Map<ListContext | null, Map<string, Size>>();
  readonly #lists = new Map<FieldNode, ListContext>();

  constructor(
    schema: GraphQLSchema,
    selections: Selections,
    introspection = new Introspection(schema, selections),
    lessening: Lessening = {},
  ) {
    this.#schema = schema;
    this.#selections = selections;
    this.#introspection = introspection;
    this.#lessening = lessening;
  }

  /** A measurement as if the operation asked for less. It shares what introspection costs, which no lessening changes. */
  lessened(lessening: Lessening): Measurement {
    return new Measurement(this.#schema, this.#selections, this.#introspection, lessening);
  }

  /** The size of the operation, and how many fields it has at its root. */
  operation(operation: OperationDefinitionNode): Size & { readonly rootFields: number } {
    const size = sum(this.roots(operation));
    const units = size.units + Math.floor(size.leaves / PRICES.leavesPerObject);
    return { ...size, units, rootFields: this.#selections.rootFields(operation) };
  }

  /** The size of each selection at the operation's root. */
  roots({ operation, selectionSet }: OperationDefinitionNode): Size[] {
    const root = this.#schema.getRootType(operation);
    if (!root) return [];
    return this.#selections.included(selectionSet).map((selection) => this.#selection(selection, root, null));
  }

  #selected(set: SelectionSetNode, parent: GraphQLNamedType, list: ListContext | null): Size {
    return sum(this.#selections.included(set).map((selection) => this.#selection(selection, parent, list)));
  }

  #selection(selection: SelectionNode, parent: GraphQLNamedType, list: ListContext | null): Size {
    switch (selection.kind) {
      case Kind.FIELD:
        return this.#field(selection, parent, list);
      case Kind.INLINE_FRAGMENT: {
        const type = selection.typeCondition ? this.#schema.getType(selection.typeCondition.name.value) : parent;
        return this.#selected(selection.selectionSet, type ?? parent, list);
      }
      case Kind.FRAGMENT_SPREAD:
        return this.#fragment(selection.name.value, list);
    }
  }

  #fragment(name: string, list: ListContext | null): Size {
    let measured = this.#measured.get(list);
    if (!measured) this.#measured.set(list, (measured = new Map()));
    let size = measured.get(name);
    if (!size) {
      const fragment = this.#selections.fragment(name);
      const type = fragment && this.#schema.getType(fragment.typeCondition.name.value);
      size = fragment && type ? this.#selected(fragment.selectionSet, type, list) : EMPTY;
      measured.set(name, size);
    }
    return size;
  }

  #field(node: FieldNode, parent: GraphQLNamedType, list: ListContext | null): Size {
    const name = node.name.value;
    const meta = metaField(name);
    if (meta) return this.#introspection.size(meta, node);
    const size = this.#fieldSize(node, definition(parent, name), parent, list);
    return node.alias ? { ...size, aliases: size.aliases + 1 } : size;
  }

  #fieldSize(node: FieldNode, field: Field | undefined, parent: GraphQLNamedType, list: ListContext | null): Size {
    const type = field && getNamedType(field.type);
    if (!field || !node.selectionSet || !isCompositeType(type)) {
      return sum([{ ...EMPTY, leaves: 1, depth: 1 }, this.#statement(node.name.value, list)]);
    }
    const connection = isObjectType(type) ? listOf(type) : undefined;
    if (connection) {
      const context = this.#list(node, field, parent, connection.reach);
      const selected = this.#selected(node.selectionSet, type, context);
      const page = this.#page(context, parent);
      return sum([ofObjects(1, selected, page.units), { ...page, units: 0 }]);
    }
    const given = this.#listGiven(node, field);
    if (given) return this.#ofList(given, node.selectionSet, parent, type);
    // `pageInfo` is a part of its connection.
    const isPart = list !== null && !isList(field);
    const selected = this.#selected(node.selectionSet, type, isPart ? list : null);
    const size = ofObjects(this.#times(node, field, list), selected, priceOfEach(field));
    return parent === this.#schema.getMutationType() ? { ...size, units: size.units + PRICES.mutation } : size;
  }

  /**
   * A field with many objects or rows in its arguments. The lists in its payload are as long as the list in the arguments. The
   * payload has the changed objects when everything is done, and `userErrors` when nothing is done. The dearer of these
   * outcomes counts.
   */
  #ofList(given: GivenList, set: SelectionSetNode, parent: GraphQLNamedType, type: GraphQLNamedType): Size {
    const context = { pageSize: given.length, args: {}, reach: null };
    const done = this.#selected(set, type, { ...context, outcome: 'done' });
    const refused = this.#selected(set, type, { ...context, outcome: 'refused' });
    const size = ofObjects(1, dearer(done, refused));
    const mutation = parent === this.#schema.getMutationType() ? PRICES.mutation : 0;
    return { ...size, units: size.units + mutation + given.length * given.price };
  }

  /** The list of campaigns or rows in the field's arguments; null when there is none. */
  #listGiven(node: FieldNode, field: Field): GivenList | null {
    if (isList(field) || field.args.every(({ name }) => name !== 'input' && name !== 'rows')) return null;
    const { input, rows } = (this.#selections.argumentsOf(field, node) ?? {}) as GivenArguments;
    const imported = rows ?? input?.rows;
    if (imported) return { length: this.#lengthOf(imported, LIMITS.importedRows), price: PRICES.imported };
    if (!input?.campaigns) return null;
    return { length: this.#lengthOf(input.campaigns, LIMITS.changedAtOnce), price: PRICES.changed };
  }

  /** How many items of a list in the arguments count. A list beyond its limit costs nothing, because the resolver only refuses it. */
  #lengthOf({ length }: readonly unknown[], limit: number): number {
    return length > limit ? 0 : Math.min(length, this.#lessening.maxItems ?? length);
  }

  /** The page that a connection reads. It counts even when no field of its rows is selected. */
  #page({ reach, pageSize }: ListContext, parent: GraphQLNamedType): Size {
    const statement = parent === this.#schema.getQueryType() ? PRICES.statement : PRICES.childPage;
    return reach ? ofReach(reach.page(pageSize), statement) : { ...EMPTY, units: statement };
  }

  /** The statement that a field of a connection or of its `pageInfo` runs; nothing for most fields. */
  #statement(name: string, list: ListContext | null): Size {
    if (!list?.reach) return EMPTY;
    if (name === 'totalCount') {
      return this.#lessening.withoutCounts ? EMPTY : ofReach(list.reach.count(), PRICES.statement);
    }
    if (name === CHANGES_CURSOR) return { ...EMPTY, units: PRICES.statement };
    const bound = BOUND_OF_EXISTENCE.get(name);
    const bounded = bound && (list.args[bound] != null || list.args['startAt'] != null);
    return bounded ? ofReach(list.reach.existsFrom(), PRICES.statement) : EMPTY;
  }

  #list(node: FieldNode, field: Field, parent: GraphQLNamedType, reachWith: ReachWith): ListContext {
    const known = this.#lists.get(node);
    if (known) return known;
    const args = this.#selections.argumentsOf(field, node);
    const pageSize = this.#pageSize(args);
    const list = {
      pageSize,
      args: args ?? {},
      reach: args && pageSize > 0 ? reachUnlessRefused(reachWith, args, parent) : null,
    };
    this.#lists.set(node, list);
    return list;
  }

  /**
   * How many objects the field gives: a page for a list of a connection, the maximum of a list without pages, and one for each of the
   * `ids` of `nodes`.
   */
  #times(node: FieldNode, field: Field, list: ListContext | null): number {
    if (!isList(field)) return 1;
    if (list?.outcome && (field.name === USER_ERRORS) !== (list.outcome === 'refused')) return 0;
    const maxItems = maxItemsOf(field);
    if (maxItems !== undefined) return maxItems;
    if (list) return list.pageSize;
    const ids = this.#selections.argumentsOf(field, node)?.['ids'];
    return Array.isArray(ids) ? this.#lengthOf(ids, LIMITS.ids) : 1;
  }

  /** 0 for a size out of range, which the connection refuses before it reads a page. */
  #pageSize({ first, last }: Readonly<Record<string, unknown>> = {}): number {
    const asked = first ?? last;
    const size = typeof asked === 'number' ? asked : PAGE_SIZE.default;
    if (size < 1 || size > PAGE_SIZE.max) return 0;
    return Math.min(size, this.#lessening.maxPageSize ?? size);
  }
}

type ReachWith = (args: Readonly<Record<string, unknown>>, parent: string) => ListReach;

function reachUnlessRefused(
  reachWith: ReachWith,
  args: Readonly<Record<string, unknown>>,
  parent: GraphQLNamedType,
): ListReach | null {
  try {
    return reachWith(args, parent.name);
  } catch {
    // The resolver will throw the same error before it reads anything.
    return null;
  }
}

function definition(parent: GraphQLNamedType, name: string): Field | undefined {
  return 'getFields' in parent ? (parent.getFields() as Record<string, Field>)[name] : undefined;
}

function isList(field: Field): boolean {
  return isListType(getNullableType(field.type));
}
