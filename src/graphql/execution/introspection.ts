import type { FieldNode, GraphQLField, GraphQLResolveInfo, GraphQLSchema, SelectionSetNode } from 'graphql';
import { getNamedType, isObjectType, Kind, SchemaMetaFieldDef, TypeMetaFieldDef } from 'graphql';
import type { GraphQLObjectType } from 'graphql';
import { PRICES } from './prices.ts';
import type { Selections } from './selections.ts';
import type { Size } from './size.ts';
import { EMPTY } from './size.ts';

type Field = GraphQLField<unknown, unknown>;

const META_FIELDS: Readonly<Record<string, Field>> = {
  [SchemaMetaFieldDef.name]: SchemaMetaFieldDef,
  [TypeMetaFieldDef.name]: TypeMetaFieldDef,
};

/** The definition of `__schema` and `__type`; undefined for every other field. */
export function metaField(name: string): Field | undefined {
  return META_FIELDS[name];
}

/** A size, as far as introspection has one. */
type Counted = Pick<Size, 'units' | 'leaves' | 'aliases'>;

/** A selection set. It is read once, because it is counted for thousands of elements of the schema. */
interface SelectedSet {
  /** The fields without fields of their own. They count the same for each element. */
  readonly plain: Counted;
  readonly fields: readonly SelectedField[];
  /** What fragments select of the same element. */
  readonly fragments: readonly SelectedSet[];
  /** What has been counted, by element. */
  readonly counted: Map<unknown, Counted>;
}

/** A field with fields of its own. */
interface SelectedField {
  readonly field: Field;
  /** undefined for values that cannot be used, with which nothing is read. */
  readonly args: Record<string, unknown> | undefined;
  readonly aliases: number;
  readonly set: SelectedSet;
}

/**
 * Measures introspection by walking the schema as execution would, so that exactly what would be returned is counted. The
 * selections of an element of the schema are measured once, however often the element is reached.
 */
export class Introspection {
  readonly #selections: Selections;
  /** The resolvers of introspection read nothing but the schema. */
  readonly #info: GraphQLResolveInfo;
  readonly #sets = new Map<SelectionSetNode, SelectedSet>();

  constructor(schema: GraphQLSchema, selections: Selections) {
    this.#selections = selections;
    this.#info = { schema } as GraphQLResolveInfo;
  }

  /** The size of `__schema` or `__type`. Its fields are not counted as nested: validation limits them. */
  size(field: Field, node: FieldNode): Size {
    const selected = this.#readField(field, node);
    return { ...EMPTY, ...(selected && this.#countField(selected, undefined)), depth: 1 };
  }

  #read(set: SelectionSetNode, type: GraphQLObjectType): SelectedSet {
    const known = this.#sets.get(set);
    if (known) return known;
    const plain = { units: 0, leaves: 0, aliases: 0 };
    const fields: SelectedField[] = [];
    const fragments: SelectedSet[] = [];
    for (const selection of this.#selections.included(set)) {
      if (selection.kind === Kind.FIELD) {
        const field = type.getFields()[selection.name.value];
        const selected = field && this.#readField(field, selection);
        if (selected) {
          fields.push(selected);
        } else {
          plain.leaves += 1;
          plain.aliases += aliasesOf(selection);
        }
      } else {
        const inline = selection.kind === Kind.INLINE_FRAGMENT;
        const fragment = inline ? selection : this.#selections.fragment(selection.name.value);
        if (fragment) fragments.push(this.#read(fragment.selectionSet, type));
      }
    }
    const read = { plain, fields, fragments, counted: new Map<unknown, Counted>() };
    this.#sets.set(set, read);
    return read;
  }

  /** null for a field without fields of its own. */
  #readField(field: Field, node: FieldNode): SelectedField | null {
    const type = getNamedType(field.type);
    if (!node.selectionSet || !isObjectType(type)) return null;
    const args = this.#selections.argumentsOf(field, node);
    return { field, args, aliases: aliasesOf(node), set: this.#read(node.selectionSet, type) };
  }

  /** What the set selects of an element. */
  #count(set: SelectedSet, source: unknown): Counted {
    if (set.fields.length + set.fragments.length === 0) return set.plain;
    let counted = set.counted.get(source);
    if (!counted) {
      let { units, leaves, aliases } = set.plain;
      for (const fragment of set.fragments) {
        const part = this.#count(fragment, source);
        units += part.units;
        leaves += part.leaves;
        aliases += part.aliases;
      }
      for (const field of set.fields) {
        const part = this.#countField(field, source);
        units += part.units;
        aliases += part.aliases;
      }
      set.counted.set(source, (counted = { units, leaves, aliases }));
    }
    return counted;
  }

  #countField({ field, args, aliases, set }: SelectedField, source: unknown): Counted {
    let units = 0;
    let most = 0;
    for (const object of this.#objects(field, args, source)) {
      const selected = this.#count(set, object);
      units += selected.units + Math.max(PRICES.introspected, selected.leaves / PRICES.leavesPerObject);
      // The aliases of a list's items are written once.
      most = Math.max(most, selected.aliases);
    }
    return { units, leaves: 0, aliases: aliases + most };
  }

  /** The elements of the schema that graphql-js's own resolver returns for the field. */
  #objects({ resolve }: Field, args: SelectedField['args'], source: unknown): readonly unknown[] {
    const value: unknown = args && resolve?.(source, args, undefined, this.#info);
    if (Array.isArray(value)) return value;
    return value == null ? [] : [value];
  }
}

function aliasesOf({ alias }: FieldNode): number {
  return alias ? 1 : 0;
}
