import fc from 'fast-check';
import type {
  GraphQLArgument,
  GraphQLInputType,
  GraphQLNamedOutputType,
  GraphQLObjectType,
  GraphQLSchema,
} from 'graphql';
import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isInterfaceType,
} from 'graphql';
import { globalIds, mutated, names, texts, times, uuids } from './values.ts';

/** A GraphQL request, as its JSON body contains it. */
export interface GraphQLRequest {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly operationName?: string;
}

/** The maximum number of nested field levels. The server allows fewer. */
const MAX_DEPTH = 14;

type Generate = fc.GeneratorValue;

/**
 * Requests whose documents are generated from the schema, with aliases, fragments, variables and directives. Most are valid, some
 * contain a wrong value, and some have slightly changed text.
 */
export function graphqlRequests(schema: GraphQLSchema, cursors: fc.Arbitrary<string>): fc.Arbitrary<GraphQLRequest> {
  const grown = fc.gen().map((generate) => new Growth(schema, cursors, generate).request());
  const broken = fc
    .tuple(grown, fc.gen())
    .map(([request, generate]) => ({ ...request, query: generate(changedText, request.query) }));
  return fc.oneof({ arbitrary: grown, weight: 5 }, { arbitrary: broken, weight: 1 });
}

const changedText = (text: string) => mutated(fc.constant(text));
// `noBias`, because fast-check otherwise prefers the smallest and the largest numbers.
const chance = (percent: number) => fc.noBias(fc.nat({ max: 999 })).map((number) => number < percent * 10);
const index = (length: number) => fc.noBias(fc.nat({ max: length - 1 }));
const anything = () => fc.jsonValue({ maxDepth: 2 });

class Growth {
  readonly #schema: GraphQLSchema;
  readonly #generate: Generate;
  readonly #cursors: () => fc.Arbitrary<string>;
  readonly #declared: string[] = [];
  readonly #fragments: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  #aliases = 0;
  /** The number of fields that the document may still get. */
  #left: number;

  constructor(schema: GraphQLSchema, cursors: fc.Arbitrary<string>, generate: Generate) {
    this.#schema = schema;
    this.#generate = generate;
    this.#cursors = () => cursors;
    this.#left = generate(fc.integer, { min: 1, max: 60 });
  }

  request(): GraphQLRequest {
    const mutation = this.#chance(25);
    const root = (mutation && this.#schema.getMutationType()) || this.#schema.getQueryType();
    if (!root) throw new Error('the schema has no queries');
    const selection = this.#selection(root, 0);
    const kind = mutation ? 'mutation' : this.#chance(3) ? 'subscription' : 'query';
    const declared = this.#declared.length > 0 ? `(${this.#declared.join(', ')})` : '';
    const named = this.#chance(20);
    const query = [`${kind} Grown${declared} ${selection}`, ...this.#fragments].join('\n');
    return {
      query,
      variables: this.#chance(97) ? this.#variables : {},
      ...(named && { operationName: this.#chance(80) ? 'Grown' : this.#generate(() => texts) }),
    };
  }

  #selection(type: GraphQLNamedOutputType, depth: number): string {
    const parts: string[] = [];
    const count = this.#generate(fc.integer, { min: 1, max: depth === 0 ? 3 : 5 });
    for (let part = 0; part < count; part += 1) {
      const spread = this.#chance(12) && depth < MAX_DEPTH;
      parts.push(spread ? this.#fragment(type, depth) : this.#field(type, depth));
    }
    return `{ ${parts.join(' ')} }`;
  }

  #field(type: GraphQLNamedOutputType, depth: number): string {
    this.#left -= 1;
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    const ending = depth >= MAX_DEPTH || this.#left <= 0;
    const eligible = ending ? leaves : fields;
    if (eligible.length === 0 || this.#chance(4)) return '__typename';
    const field = this.#pick(eligible);
    const args = field.args.flatMap((argument) => this.#argument(argument));
    const given = args.length > 0 ? `(${args.join(', ')})` : '';
    const alias = this.#alias(args.length > 0);
    const named = getNamedType(field.type);
    const inner = isCompositeType(named) ? ` ${this.#selection(named, depth + 1)}` : '';
    const name = this.#chance(0.2) ? `${field.name}x` : field.name;
    return `${alias}${name}${given}${this.#directive()}${inner}`;
  }

  /** Two fields with the same name and different arguments conflict, so most fields with arguments get their own alias. */
  #alias(needed: boolean): string {
    if (needed && this.#chance(90)) return `u${(this.#aliases += 1)}: `;
    return this.#chance(4) ? `a${this.#generate(fc.nat, { max: 5 })}: ` : '';
  }

  #fragment(type: GraphQLNamedOutputType, depth: number): string {
    const possible = isInterfaceType(type) ? [type, ...this.#schema.getPossibleTypes(type)] : [type];
    const on: GraphQLNamedOutputType = this.#chance(95)
      ? this.#pick<GraphQLNamedOutputType>(possible)
      : this.#pick(this.#objectTypes());
    if (this.#chance(50)) return `... on ${on.name}${this.#directive()} ${this.#selection(on, depth + 1)}`;
    // Reserve the name before generating the selection, because the selection may contain fragments too.
    const name = `F${this.#fragments.push('')}`;
    const selection = this.#selection(on, depth + 1);
    // A fragment that spreads itself is not valid.
    const circle = this.#chance(2) ? ` ...${name}` : '';
    this.#fragments[Number(name.slice(1)) - 1] =
      `fragment ${name} on ${on.name} ${selection.replace(/ \}$/, `${circle} }`)}`;
    return `...${name}${this.#directive()}`;
  }

  #directive(): string {
    if (!this.#chance(6)) return '';
    const condition = this.#chance(50) ? String(this.#chance(80)) : `$${this.#variable('Boolean!', this.#chance(80))}`;
    return this.#chance(50) ? ` @include(if: ${condition})` : ` @skip(if: ${condition})`;
  }

  #argument({ name, type }: GraphQLArgument): string[] {
    // Most pages start at one end of the list, so `last` and `before` are rare.
    const given = isNonNullType(type) ? this.#chance(98) : this.#chance(name === 'last' || name === 'before' ? 8 : 35);
    if (!given) return [];
    const value = this.#value(type, name);
    return [`${name}: ${this.#chance(35) ? `$${this.#variable(String(type), value)}` : literal(value)}`];
  }

  #variable(type: string, value: unknown): string {
    const name = `v${this.#declared.length}`;
    this.#declared.push(`$${name}: ${this.#chance(2) ? 'String' : type}`);
    this.#variables[name] = value instanceof EnumName ? value.name : value;
    return name;
  }

  #value(type: GraphQLInputType, name: string): unknown {
    if (this.#chance(1)) return this.#generate(anything);
    if (!isNonNullType(type) && this.#chance(4)) return null;
    return this.#given(type, name);
  }

  /** A value that is not null at the top level. */
  #given(type: GraphQLInputType, name: string): unknown {
    if (isNonNullType(type)) return this.#given(type.ofType, name);
    if (isListType(type)) {
      const length = this.#generate(fc.nat, { max: 4 });
      return Array.from({ length }, () => this.#value(type.ofType, name));
    }
    if (isEnumType(type)) return new EnumName(this.#pick(type.getValues()).name);
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields());
      const only = type.isOneOf && this.#chance(95) ? this.#pick(fields) : undefined;
      const given = fields.filter((field) =>
        only ? field === only : this.#chance(isNonNullType(field.type) ? 98 : 40),
      );
      return Object.fromEntries(given.map((field) => [field.name, this.#value(field.type, field.name)]));
    }
    switch (`${type.name} ${name}`) {
      case 'String after':
      case 'String before':
        return this.#generate(this.#cursors);
      case 'ID id':
      case 'ID ids':
        return this.#generate(() => globalIds);
    }
    switch (type.name) {
      case 'Int':
        return this.#chance(92)
          ? this.#generate(fc.integer, { min: 1, max: 5 })
          : this.#generate(fc.integer, { min: -(2 ** 33), max: 2 ** 33 });
      case 'Boolean':
        return this.#chance(50);
      case 'UUID':
        return this.#generate(() => uuids);
      case 'DateTime':
        return this.#generate(() => times);
      default:
        return this.#generate(() => names);
    }
  }

  #objectTypes(): GraphQLObjectType[] {
    return Object.values(this.#schema.getTypeMap()).filter(isObjectType);
  }

  #chance(percent: number): boolean {
    return this.#generate(chance, percent);
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[this.#generate(index, items.length)];
    if (item === undefined) throw new Error('there is nothing to pick');
    return item;
  }
}

/** The name of an enum value. GraphQL writes it without quotation marks. */
class EnumName {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  toJSON(): string {
    return this.name;
  }
}

/** The value in the syntax of a GraphQL document. */
function literal(value: unknown): string {
  if (value instanceof EnumName) return value.name;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([name, member]) => `${/^[A-Za-z_]\w*$/.test(name) ? name : 'odd'}: ${literal(member)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}
