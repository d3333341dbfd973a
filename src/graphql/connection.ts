import type { Campaign } from '../model/campaign.ts';
import type { Group } from '../model/group.ts';
import type { Ordering, Page, PageRequest, Position } from '../model/page.ts';
import type { ListName } from './cursor.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { graphqlError } from './errors.ts';

/** How many a page has when no number is asked for, and the most that can be asked for. */
export const PAGE_SIZE = { standard: 50, most: 250 };

/** A connection's arguments, as the schema has them. */
export interface ConnectionArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** What a connection asks of the list that it shows: a filter is part of the list, an order is not. */
export interface ListSource<Node, Field extends string> {
  readonly list: ListName;
  page(request: PageRequest<Field>): Promise<Page<Node>>;
  /** Whether the list has anything at the position or on this side of it. */
  existsFrom(ordering: Ordering<Field>, side: 'after' | 'before', position: Position): Promise<boolean>;
  count(): Promise<number>;
  position(node: Node, ordering: Ordering<Field>): Position;
}

/** A page of a list as Relay's connections have it. Its members are fields of the schema; what costs a query is a method. */
export interface Connection<Node> {
  readonly edges: Edge<Node>[];
  readonly nodes: Node[];
  readonly pageInfo: PageFacts;
  totalCount(): Promise<number>;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

export interface PageFacts {
  readonly startCursor: string | null;
  readonly endCursor: string | null;
  hasNextPage(): boolean | Promise<boolean>;
  hasPreviousPage(): boolean | Promise<boolean>;
}

export type CampaignConnection = Connection<Campaign>;
export type GroupConnection = Connection<Group>;

/** The connection that the arguments ask for. One statement, and one more for each fact that is asked for and not yet known. */
export async function connect<Node, Field extends string>(
  source: ListSource<Node, Field>,
  ordering: Ordering<Field>,
  args: ConnectionArguments,
): Promise<Connection<Node>> {
  const request = pageRequest(source.list, ordering, args);
  return new ListConnection(source, request, await source.page(request));
}

/** Reads the arguments of a connection (https://relay.dev/graphql/connections.htm, section 4). Throws what callers can put right. */
export function pageRequest<Field extends string>(
  list: ListName,
  ordering: Ordering<Field>,
  { first, last, after, before }: ConnectionArguments,
): PageRequest<Field> {
  if (first != null && last != null) {
    throw graphqlError('BAD_USER_INPUT', 'Give `first` or `last`, not both: a page starts at one end.');
  }
  return {
    ordering,
    from: last == null ? 'start' : 'end',
    limit: last == null ? pageSize('first', first ?? PAGE_SIZE.standard) : pageSize('last', last),
    after: bound(list, ordering, 'after', after),
    before: bound(list, ordering, 'before', before),
  };
}

function pageSize(name: string, value: number): number {
  if (value >= 1 && value <= PAGE_SIZE.most) return value;
  throw graphqlError('BAD_USER_INPUT', `\`${name}\` is ${value}; it must be from 1 to ${PAGE_SIZE.most}.`);
}

function bound(
  list: ListName,
  ordering: Ordering,
  name: string,
  cursor: string | null | undefined,
): Position | undefined {
  if (cursor == null) return undefined;
  const position = decodeCursor(list, ordering, cursor);
  if (position) return position;
  throw graphqlError(
    'INVALID_CURSOR',
    `\`${name}\` is not a cursor of this list in this order. Use one from \`pageInfo\` or an edge, with the same \`orderBy\`.`,
  );
}

class ListConnection<Node, Field extends string> implements Connection<Node>, PageFacts {
  readonly #source: ListSource<Node, Field>;
  readonly #request: PageRequest<Field>;
  readonly #page: Page<Node>;
  #edges: Edge<Node>[] | undefined;

  constructor(source: ListSource<Node, Field>, request: PageRequest<Field>, page: Page<Node>) {
    this.#source = source;
    this.#request = request;
    this.#page = page;
  }

  get nodes(): Node[] {
    return this.#page.rows;
  }

  get edges(): Edge<Node>[] {
    return (this.#edges ??= this.#page.rows.map((node) => ({ node, cursor: this.#cursor(node) })));
  }

  get pageInfo(): PageFacts {
    return this;
  }

  get startCursor(): string | null {
    const node = this.#page.rows.at(0);
    return node === undefined ? null : this.#cursor(node);
  }

  get endCursor(): string | null {
    const node = this.#page.rows.at(-1);
    return node === undefined ? null : this.#cursor(node);
  }

  totalCount(): Promise<number> {
    return this.#source.count();
  }

  hasNextPage(): boolean | Promise<boolean> {
    return this.#goesOn('after', this.#request.from === 'start', this.#request.before);
  }

  hasPreviousPage(): boolean | Promise<boolean> {
    return this.#goesOn('before', this.#request.from === 'end', this.#request.after);
  }

  /**
   * Whether the list goes on at one side of the page. Towards that side, `ahead`, the page asked for one row more than
   * it shows. Otherwise it reaches to the bound that was given there, or to the list's end.
   */
  #goesOn(side: 'after' | 'before', ahead: boolean, bound: Position | undefined): boolean | Promise<boolean> {
    if (ahead && this.#page.more) return true;
    return bound ? this.#source.existsFrom(this.#request.ordering, side, bound) : false;
  }

  #cursor(node: Node): string {
    const { ordering } = this.#request;
    return encodeCursor(this.#source.list, ordering, this.#source.position(node, ordering));
  }
}
