import type { FieldNode, GraphQLField, GraphQLResolveInfo, GraphQLSchema, SelectionSetNode } from 'graphql';
import { getNamedType, isObjectType, Kind, SchemaMetaFieldDef, TypeMetaFieldDef } from 'graphql';
import type { GraphQLObjectType } from 'graphql';
import { PRICES } from './prices.ts';
import type { Selections } from './selections.ts';
import type { Size } from './size.ts';
import { EMPTY, ofObjects, sum } from './size.ts';

type Field = GraphQLField<unknown, unknown>;

const META_FIELDS: Readonly<Record<string, Field>> = {
  [SchemaMetaFieldDef.name]: SchemaMetaFieldDef,
  [TypeMetaFieldDef.name]: TypeMetaFieldDef,
};

/** The definition of `__schema` and `__type`; undefined for every other field. */
export function metaField(name: string): Field | undefined {
  return META_FIELDS[name];
}

/**
 * Measures introspection by walking the schema as execution would, so that exactly what would be returned is counted. The
 * selections of an element of the schema are measured once, however often the element is reached.
 */
export class Introspection {
  readonly #schema: GraphQLSchema;
  readonly #selections: Selections;
  readonly #measured = new Map<SelectionSetNode, Map<unknown, Size>>();

  constructor(schema: GraphQLSchema, selections: Selections) {
    this.#schema = schema;
    this.#selections = selections;
  }

  /** The size of `__schema` or `__type`. Its fields are not counted as nested: validation limits them. */
  size(field: Field, node: FieldNode): Size {
    return { ...this.#field(field, node, undefined), depth: 1 };
  }

  #field(field: Field, { ...node }: FieldNode, source: unknown): Size {
    const aliases = node.alias ? 1 : 0;
    const type = getNamedType(field.type);
    const set = node.selectionSet;
    if (!set || !isObjectType(type)) return { ...EMPTY, leaves: 1, aliases };
    const objects = this.#objects(field, node, source).map((object) =>
      ofObjects(1, this.#selected(set, type, object), PRICES.introspected),
    );
    const size = sum(objects);
    // The aliases of a list's items are written once.
    return { ...size, aliases: aliases + Math.max(0, ...objects.map((object) => object.aliases)) };
  }

  #selected(set: SelectionSetNode, type: GraphQLObjectType, source: unknown): Size {
    let measured = this.#measured.get(set);
    if (!measured) this.#measured.set(set, (measured = new Map()));
    let size = measured.get(source);
    if (!size) measured.set(source, (size = this.#measure(set, type, source)));
    return size;
  }

  #measure(set: SelectionSetNode, type: GraphQLObjectType, source: unknown): Size {
    return sum(
      this.#selections.included(set).map((selection) => {
        if (selection.kind === Kind.INLINE_FRAGMENT) return this.#selected(selection.selectionSet, type, source);
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          const fragment = this.#selections.fragment(selection.name.value);
          return fragment ? this.#selected(fragment.selectionSet, type, source) : EMPTY;
        }
        const field = type.getFields()[selection.name.value];
        return field
          ? this.#field(field, selection, source)
          : { ...EMPTY, leaves: 1, aliases: selection.alias ? 1 : 0 };
      }),
    );
  }

  /** The elements of the schema that graphql-js's own resolver returns for the field. */
  #objects(field: Field, node: FieldNode, source: unknown): unknown[] {
    const args = this.#selections.argumentsOf(field, node);
    // The resolvers of introspection read nothing but the schema.
    const info = { schema: this.#schema } as GraphQLResolveInfo;
    const value: unknown = args && field.resolve?.(source, args, undefined, info);
    if (Array.isArray(value)) return value;
    return value == null ? [] : [value];
  }
}
