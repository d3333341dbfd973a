import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import {
  defaultFieldResolver,
  getArgumentValues,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  Kind,
  TypeNameMetaFieldDef,
  visit,
} from 'graphql';
import { lastingBytes } from '../../../memory/lasting-bytes.ts';
import type { RowsFormat } from '../operation.ts';
import type { Selections } from '../selections.ts';
import { leafWriter } from './leaves.ts';
import type { FieldPlan, Run, ValuePlan } from './plans.ts';
import { AbstractPlan, ApartPlan, LeafPlan, infoOf, ListPlan, NullablePlan, ObjectPlan } from './plans.ts';

/** How many fields a plan has at most. Fragments are written out in it wherever they are spread. */
const MAX_FIELDS = 2_000;

/** The operation has something that only graphql-js executes. */
class NotPlanned extends Error {}

/**
 * Makes plans of queries. The fields of each selection are collected as section 6.3.2 of the GraphQL specification describes,
 * for each type that an object may have.
 */
export class Planner {
  readonly #schema: GraphQLSchema;
  readonly #selections: Selections;
  readonly #format: RowsFormat | undefined;
  readonly #fragments: Record<string, FragmentDefinitionNode>;
  #fields = 0;

  /** `selections` have the values of the variables in `@skip` and `@include`; other variables are not read. */
  constructor(schema: GraphQLSchema, selections: Selections, format: RowsFormat | undefined) {
    this.#schema = schema;
    this.#selections = selections;
    this.#fragments = selections.fragments();
    this.#format = format;
  }

  /** How many fields have been planned. */
  get fields(): number {
    return this.#fields;
  }

  /** Throws for an operation that only graphql-js executes. */
  operation({ selectionSet }: OperationDefinitionNode): ObjectPlan {
    const type = this.#schema.getQueryType();
    if (!type) throw new NotPlanned('the schema has no queries');
    return this.#object(type, [selectionSet]);
  }

  #object(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): ObjectPlan {
    if (type.isTypeOf) throw new NotPlanned(`${type.name} has isTypeOf`);
    const collected = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    for (const set of sets) this.#collect(type, set, collected, spread);
    return new ObjectPlan(
      Array.from(collected, ([key, nodes], place) => this.#field(type, key, nodes as [FieldNode], place)),
    );
  }

  #collect(type: GraphQLObjectType, set: SelectionSetNode, found: Map<string, FieldNode[]>, spread: Set<string>): void {
    for (const selection of this.#selections.included(set)) {
      switch (selection.kind) {
        case Kind.FIELD: {
          const key = (selection.alias ?? selection.name).value;
          const nodes = found.get(key);
          if (nodes) nodes.push(selection);
          else found.set(key, [selection]);
          break;
        }
        case Kind.INLINE_FRAGMENT:
          if (this.#applies(selection.typeCondition?.name.value, type)) {
            this.#collect(type, selection.selectionSet, found, spread);
          }
          break;
        case Kind.FRAGMENT_SPREAD: {
          const name = selection.name.value;
          if (spread.has(name)) break;
          spread.add(name);
          const fragment = this.#selections.fragment(name);
          if (fragment && this.#applies(fragment.typeCondition.name.value, type)) {
            this.#collect(type, fragment.selectionSet, found, spread);
          }
        }
      }
    }
  }

  /** Whether a fragment on the type of this name applies to objects of the type. */
  #applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const on = this.#schema.getType(condition);
    return isAbstractType(on) && this.#schema.isSubType(on, type);
  }

  #field(type: GraphQLObjectType, key: string, nodes: readonly [FieldNode, ...FieldNode[]], place: number): FieldPlan {
    if ((this.#fields += 1) > MAX_FIELDS) throw new NotPlanned('the plan would be too large');
    const [node] = nodes;
    const name = node.name.value;
    const opening = lastingBytes(`${place === 0 ? '{' : ','}${JSON.stringify(key)}:`);
    const info = infoOf({ fieldNodes: nodes, fragments: this.#fragments });
    if (name === TypeNameMetaFieldDef.name) {
      const text = lastingBytes(JSON.stringify(type.name));
      const value = new LeafPlan((out) => out.raw(text));
      return { name, opening, resolve: undefined, argumentsOf: () => ({}), info, value };
    }
    const field = type.getFields()[name];
    if (!field) throw new NotPlanned(`${type.name} has no field ${name}`);
    const { resolve } = field;
    const value = this.#value(field.type, nodes);
    return {
      name,
      opening,
      resolve: resolve === defaultFieldResolver ? undefined : resolve,
      argumentsOf: argumentReader(field, node),
      info,
      value: key === this.#format?.key ? new ApartPlan(value) : value,
    };
  }

  #value(type: GraphQLOutputType, nodes: readonly FieldNode[]): ValuePlan {
    return isNonNullType(type) ? this.#given(type.ofType, nodes) : new NullablePlan(this.#given(type, nodes));
  }

  /** The plan of values that are not null. */
  #given(type: GraphQLOutputType, nodes: readonly FieldNode[]): ValuePlan {
    if (isNonNullType(type)) return this.#given(type.ofType, nodes);
    if (isListType(type)) return new ListPlan(this.#value(type.ofType, nodes));
    if (isLeafType(type)) {
      const write = leafWriter(type, this.#format);
      if (!write) throw new NotPlanned(`${type.name} is not written`);
      return new LeafPlan(write);
    }
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (!isAbstractType(type)) return this.#object(type, sets);
    if (!type.resolveType) throw new NotPlanned(`${type.name} has no resolveType`);
    const possible = this.#schema.getPossibleTypes(type);
    return new AbstractPlan(type, new Map(possible.map((object) => [object.name, this.#object(object, sets)])));
  }
}

/** Reads the field's arguments for each run, or once when there are no variables in them. */
function argumentReader(field: GraphQLField<unknown, unknown>, node: FieldNode): FieldPlan['argumentsOf'] {
  if (hasVariables(node)) return (variables: Run['variables']) => getArgumentValues(field, node, variables);
  const values = getArgumentValues(field, node);
  return () => values;
}

function hasVariables({ arguments: given = [] }: FieldNode): boolean {
  let found = false;
  for (const argument of given) visit(argument, { Variable: () => void (found = true) });
  return found;
}
