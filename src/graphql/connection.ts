import type { Listed } from '../model/list.ts';
import { positionOf } from '../model/list.ts';
import type { Ordering, Page, PageRequest, Position, Side } from '../model/page.ts';
import type { FilteredList } from '../model/workspace-list.ts';
import type { Cursor } from './cursor.ts';
import { cursorEncoder, decodeCursor } from './cursor.ts';
import { graphqlError } from './errors.ts';

/** The number of nodes of a page: the default and the maximum. */
export const PAGE_SIZE = { default: 50, max: 250 };

/** The arguments of a connection field in the schema. */
export interface ConnectionArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/**
 * A page of a list, as a Relay connection. Members have the names of the schema's fields. Those that need a query are
 * methods.
 */
export interface Connection<Node> {
  /** A cursor of the feed. Only where it is selected: see changes-cursor-field.ts. */
  readonly changesCursor: string | undefined;
  readonly edges: Edge<Node>[];
  readonly nodes: Node[];
  readonly pageInfo: PageFacts;
  totalCount(): Promise<number>;
}

/** A connection of any type. */
export type AnyConnection = Connection<Listed>;

export interface Edge<Node> {
  readonly cursor: Cursor;
  readonly node: Node;
}

export interface PageFacts {
  readonly startCursor: Cursor | null;
  readonly endCursor: Cursor | null;
  hasNextPage(): boolean | Promise<boolean>;
  hasPreviousPage(): boolean | Promise<boolean>;
}

/** The fields of `pageInfo` that may need a statement, each with the argument that makes the statement necessary. */
export const BOUND_OF_EXISTENCE: ReadonlyMap<string, Side> = new Map([
  ['hasNextPage', 'before'],
  ['hasPreviousPage', 'after'],
]);

/** How the cursors of a list are written and read. */
export interface Cursors<Node> {
  encode(node: Node): Cursor;
  /** null for a text that is no cursor of the list. */
  decode(cursor: string): Position | null;
}

/**
 * Reads the requested page by one statement, mostly: see `FilteredList`. `totalCount`, `hasNextPage` and `hasPreviousPage` may each run one
 * more. Throws BAD_USER_INPUT and INVALID_CURSOR.
 */
export async function connect<Node extends Listed>(
  list: FilteredList<Node>,
  ordering: Ordering,
  args: ConnectionArguments,
  { cursors = keysetCursors(list, ordering), changesCursor, startAt }: ConnectOptions<Node>,
): Promise<Connection<Node>> {
  const request = pageRequest(ordering, args, cursors, startAt);
  return new ListConnection(list, request, await list.page(request), cursors, changesCursor);
}

export interface ConnectOptions<Node> {
  /** The default is the cursors of cursor.ts. */
  readonly cursors?: Cursors<Node>;
  readonly changesCursor?: string | undefined;
  /** The place where the page begins, in place of a cursor. */
  readonly startAt?: Position | undefined;
}

function keysetCursors<Node extends Listed>(list: FilteredList<Node>, ordering: Ordering): Cursors<Node> {
  let encoder: ((position: Position) => Cursor) | undefined;
  return {
    encode: (node) => (encoder ??= cursorEncoder(list, ordering))(positionOf(list, ordering, node)),
    decode: (cursor) => decodeCursor(list, ordering, cursor),
  };
}

/**
 * Reads the arguments of a connection (https://relay.dev/graphql/connections.htm, section 4). Throws BAD_USER_INPUT and
 * INVALID_CURSOR.
 */
function pageRequest(
  ordering: Ordering,
  { first, last, after, before }: ConnectionArguments,
  cursors: Pick<Cursors<never>, 'decode'>,
  startAt: Position | undefined,
): PageRequest {
  if (first != null && last != null) {
    throw graphqlError('BAD_USER_INPUT', 'Give `first` or `last`, not both: a page starts at one end.');
  }
  if (startAt && (after != null || before != null)) {
    throw graphqlError('BAD_USER_INPUT', 'Give `startAt` or a cursor, not both: a page begins at one place.');
  }
  return {
    ordering,
    from: last == null ? 'start' : 'end',
    limit: last == null ? pageSize('first', first) : pageSize('last', last),
    after: last == null && startAt ? startAt : bound(cursors, 'after', after),
    before: last != null && startAt ? startAt : bound(cursors, 'before', before),
  };
}

/** The size of a page that an argument asks for. Throws BAD_USER_INPUT. */
export function pageSize(name: string, value: number | null | undefined): number {
  if (value == null) return PAGE_SIZE.default;
  if (value >= 1 && value <= PAGE_SIZE.max) return value;
  throw graphqlError('BAD_USER_INPUT', `\`${name}\` is ${value}; it must be from 1 to ${PAGE_SIZE.max}.`);
}

function bound(
  cursors: Pick<Cursors<never>, 'decode'>,
  name: Side,
  cursor: string | null | undefined,
): Position | undefined {
  if (cursor == null) return undefined;
  const position = cursors.decode(cursor);
  if (position) return position;
  throw graphqlError(
    'INVALID_CURSOR',
    `\`${name}\` is not a cursor of this list in this order. Use one that the list has given, such as \`endCursor\`, with the same \`orderBy\` if it has one.`,
  );
}

class ListConnection<Node extends Listed> implements Connection<Node>, PageFacts {
  readonly #list: FilteredList<Node>;
  readonly #request: PageRequest;
  readonly #page: Page<Node>;
  readonly #cursors: Cursors<Node>;
  readonly changesCursor: string | undefined;
  #edges: Edge<Node>[] | undefined;

  constructor(
    list: FilteredList<Node>,
    request: PageRequest,
    page: Page<Node>,
    cursors: Cursors<Node>,
    changesCursor: string | undefined,
  ) {
    this.#list = list;
    this.#request = request;
    this.#page = page;
    this.#cursors = cursors;
    this.changesCursor = changesCursor;
  }

  get nodes(): Node[] {
    return this.#page.rows;
  }

  get edges(): Edge<Node>[] {
    return (this.#edges ??= this.#page.rows.map((node) => ({ node, cursor: this.#cursors.encode(node) })));
  }

  get pageInfo(): PageFacts {
    return this;
  }

  get startCursor(): Cursor | null {
    const node = this.#page.rows.at(0);
    return node === undefined ? null : this.#cursors.encode(node);
  }

  get endCursor(): Cursor | null {
    const node = this.#page.rows.at(-1);
    return node === undefined ? null : this.#cursors.encode(node);
  }

  totalCount(): Promise<number> {
    return this.#list.count();
  }

  hasNextPage(): boolean | Promise<boolean> {
    return this.#hasMore('after', this.#request.from === 'start', this.#request.before);
  }

  hasPreviousPage(): boolean | Promise<boolean> {
    return this.#hasMore('before', this.#request.from === 'end', this.#request.after);
  }

  /**
   * Whether the list has more nodes on one side of the page. `ahead` is true for the side in the reading direction, where
   * one row more than the page shows was read. On the other side the page begins at the given bound or at the list's end.
   */
  #hasMore(side: Side, ahead: boolean, bound: Position | undefined): boolean | Promise<boolean> {
    if (ahead && this.#page.more) return true;
    return bound ? this.#list.existsFrom(this.#request.ordering, side, bound) : false;
  }
}
