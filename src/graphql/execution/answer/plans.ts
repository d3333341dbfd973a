import type { GraphQLAbstractType, GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import type { JsonWriter } from '../../../encoding/json-writer.ts';
import { WrittenOnce } from '../../../memory/written-once.ts';
import type { Context } from '../../context.ts';
import type { WriteLeaf } from './leaves.ts';
import { UnexpectedValue } from './leaves.ts';

// A plan reads and writes the values of one selection in two steps. First all resolvers run, in the order in which graphql-js
// runs them, so that the loaders batch the same calls. Then all bytes are written at once, without waiting for anything. A plan
// throws wherever the answer would differ from one without errors, and graphql-js then executes the operation.

/** One execution of a plan. */
export interface Run {
  readonly context: Context;
  /** As graphql-js coerces them. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** How the values of one field are read and written. */
export interface ValuePlan {
  /** Whether there are resolvers to run. Without them a value is written as it is, and `prepare` is not called. */
  readonly prepares: boolean;
  /** What `write` needs in place of the value, or a promise of it. */
  prepare(value: unknown, run: Run): unknown;
  write(out: JsonWriter, value: unknown): void;
}

export interface FieldPlan {
  /** The name of the member that has the value, where no resolver gives it. */
  readonly name: string;
  /** What stands before the value: a brace or a comma, the key and a colon. */
  readonly opening: Uint8Array;
  /** undefined: the value is a member of the object. */
  readonly resolve: GraphQLFieldResolver<unknown, Context> | undefined;
  argumentsOf(variables: Run['variables']): Record<string, unknown>;
  readonly info: GraphQLResolveInfo;
  readonly value: ValuePlan;
}

const EMPTY_OBJECT = Buffer.from('{}');
const CLOSING_BRACE = Buffer.from('}');
const EMPTY_LIST = Buffer.from('[]');
const OPENING_BRACKET = Buffer.from('[');
const CLOSING_BRACKET = Buffer.from(']');
const COMMA = Buffer.from(',');

/** A resolver's `info`. A resolver that reads a member that is not in `given` throws, so that graphql-js executes its operation. */
export function infoOf(given: Partial<GraphQLResolveInfo>): GraphQLResolveInfo {
  return new Proxy(given as GraphQLResolveInfo, {
    get(info, member) {
      if (!(member in info)) throw new Error(`the answer writer does not give a resolver "${String(member)}"`);
      return info[member as keyof GraphQLResolveInfo];
    },
  });
}

const NO_INFO = infoOf({});

/** Values that have no fields. */
export class LeafPlan implements ValuePlan {
  readonly prepares = false;
  readonly write: WriteLeaf;

  constructor(write: WriteLeaf) {
    this.write = write;
  }

  prepare(value: unknown): unknown {
    return value;
  }
}

/** Values that may be null. All other plans throw for null. */
export class NullablePlan implements ValuePlan {
  readonly #value: ValuePlan;
  readonly prepares: boolean;

  constructor(value: ValuePlan) {
    this.#value = value;
    this.prepares = value.prepares;
  }

  prepare(value: unknown, run: Run): unknown {
    return value == null ? null : this.#value.prepare(value, run);
  }

  write(out: JsonWriter, value: unknown): void {
    if (value == null) out.null();
    else this.#value.write(out, value);
  }
}

export class ListPlan implements ValuePlan {
  readonly #item: ValuePlan;
  readonly prepares: boolean;

  constructor(item: ValuePlan) {
    this.#item = item;
    this.prepares = item.prepares;
  }

  prepare(value: unknown, run: Run): unknown {
    return allOf(listOf(value), (item) => this.#item.prepare(item, run));
  }

  write(out: JsonWriter, value: unknown): void {
    const items = listOf(value);
    if (items.length === 0) return out.raw(EMPTY_LIST);
    let separator = OPENING_BRACKET;
    for (const item of items) {
      out.raw(separator);
      this.#item.write(out, item);
      separator = COMMA;
    }
    out.raw(CLOSING_BRACKET);
  }
}

/** An object with the values that its resolvers gave, each at the place of its field. */
interface PreparedObject {
  readonly source: Members;
  readonly values: readonly unknown[];
}

type Members = Readonly<Record<string, unknown>>;

export class ObjectPlan implements ValuePlan {
  readonly #fields: readonly FieldPlan[];
  /** The fields with resolvers of their own, or below which there are some. */
  readonly #prepared: readonly FieldPlan[];
  /** For each field the index of its value among the prepared values; -1 when the field is not prepared. */
  readonly #places: readonly number[];
  /** Stands for this plan where JSON is kept. The plan itself is not kept there, because it holds its whole document in memory. */
  readonly #form = {};
  readonly prepares: boolean;

  constructor(fields: readonly FieldPlan[]) {
    this.#fields = fields;
    this.#prepared = fields.filter(({ resolve, value }) => resolve !== undefined || value.prepares);
    this.#places = fields.map((field) => this.#prepared.indexOf(field));
    this.prepares = this.#prepared.length > 0;
  }

  prepare(value: unknown, run: Run): unknown {
    const source = membersOf(value);
    const values = allOf(this.#prepared, (field) => prepareField(field, source, run));
    return values instanceof Promise ? values.then((all) => ({ source, values: all })) : { source, values };
  }

  write(out: JsonWriter, value: unknown): void {
    if (!(value instanceof WrittenOnce)) return this.#write(out, value);
    const json = value.jsonIn(this.#form);
    if (json) return out.raw(json);
    const start = out.length;
    this.#write(out, value);
    value.keep(this.#form, out.since(start));
  }

  #write(out: JsonWriter, value: unknown): void {
    const { source, values } = this.prepares ? (value as PreparedObject) : { source: membersOf(value), values: NONE };
    if (this.#fields.length === 0) return out.raw(EMPTY_OBJECT);
    for (let place = 0; place < this.#fields.length; place += 1) {
      const field = this.#fields[place] as FieldPlan;
      const prepared = this.#places[place] as number;
      out.raw(field.opening);
      field.value.write(out, prepared < 0 ? source[field.name] : values[prepared]);
    }
    out.raw(CLOSING_BRACE);
  }
}

const NONE: readonly unknown[] = [];

/** An object of one of several types. */
export class AbstractPlan implements ValuePlan {
  readonly prepares = true;
  readonly #type: GraphQLAbstractType;
  readonly #objects: ReadonlyMap<string, ObjectPlan>;

  constructor(type: GraphQLAbstractType, objects: ReadonlyMap<string, ObjectPlan>) {
    this.#type = type;
    this.#objects = objects;
  }

  prepare(value: unknown, run: Run): unknown {
    const source = membersOf(value);
    const name: unknown = this.#type.resolveType?.(source, run.context, NO_INFO, this.#type);
    const plan = typeof name === 'string' ? this.#objects.get(name) : undefined;
    if (!plan) throw new UnexpectedValue(value);
    if (!plan.prepares) return { plan, prepared: source };
    const prepared = plan.prepare(source, run);
    return prepared instanceof Promise
      ? prepared.then((object: unknown) => ({ plan, prepared: object }))
      : { plan, prepared };
  }

  write(out: JsonWriter, value: unknown): void {
    const { plan, prepared } = value as { plan: ObjectPlan; prepared: unknown };
    plan.write(out, prepared);
  }
}

/** Sets the value's bytes aside, so that they can stand in another text. */
export class ApartPlan implements ValuePlan {
  readonly #value: ValuePlan;
  readonly prepares: boolean;

  constructor(value: ValuePlan) {
    this.#value = value;
    this.prepares = value.prepares;
  }

  prepare(value: unknown, run: Run): unknown {
    return this.#value.prepare(value, run);
  }

  write(out: JsonWriter, value: unknown): void {
    const start = out.length;
    this.#value.write(out, value);
    out.setAside(start);
  }
}

function prepareField({ name, resolve, argumentsOf, info, value }: FieldPlan, source: Members, run: Run): unknown {
  const resolved: unknown = resolve ? resolve(source, argumentsOf(run.variables), run.context, info) : source[name];
  if (!value.prepares) return resolved;
  return resolved instanceof Promise
    ? resolved.then((found: unknown) => value.prepare(found, run))
    : value.prepare(resolved, run);
}

/**
 * The results for all items, or a promise of them when one result is a promise. When `result` throws, the promises of the items
 * before are awaited first, so that no rejection is unhandled and none of their statements is still running.
 */
function allOf<Item>(items: readonly Item[], result: (item: Item) => unknown): unknown[] | Promise<unknown[]> {
  const results: unknown[] = [];
  let waits = false;
  try {
    for (const item of items) {
      const one = result(item);
      waits ||= one instanceof Promise;
      results.push(one);
    }
  } catch (error) {
    if (!waits) throw error;
    return Promise.allSettled(results).then(() => {
      throw error;
    });
  }
  return waits ? Promise.all(results) : results;
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new UnexpectedValue(value);
  return value;
}

function membersOf(value: unknown): Members {
  // graphql-js treats an Error that a resolver returns as a failure of the field.
  if (typeof value !== 'object' || value === null || value instanceof Error) throw new UnexpectedValue(value);
  return value as Members;
}
