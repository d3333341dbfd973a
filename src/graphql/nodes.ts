import type { Session } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import { API_TOKENS } from '../model/api-token.ts';
import type { TokenViewer } from '../model/api-tokens.ts';
import { apiTokenList, seesToken, visibleTokens } from '../model/api-tokens.ts';
import { CAMPAIGNS } from '../model/campaign.ts';
import { Changes, reachOfChanges } from '../model/changes.ts';
import { GROUPS } from '../model/group.ts';
import type { Listed, ListDescription } from '../model/list.ts';
import { MEMBERS } from '../model/member.ts';
import { reachOf } from '../model/reach.ts';
import { WorkspaceList } from '../model/workspace-list.ts';
import type { Connection, ConnectionArguments } from './connection.ts';
import { connectChanges } from './connect-changes.ts';
import type { Info } from './changes-cursor-field.ts';
import { changesCursor } from './changes-cursor-field.ts';
import { connect } from './connection.ts';
import { LIMITS } from './execution/limits.ts';
import type { ListExtensions } from './execution/list-extensions.ts';
import { fromGlobalId, toGlobalId } from './global-id.ts';
import type { ListPlace } from './generated/resolvers.ts';
import type { OrderInput } from './inputs.ts';
import type { Loaders } from './loaders.ts';
import {
  apiTokenFilter,
  atMost,
  campaignFilter,
  changeFilter,
  groupFilter,
  lower,
  memberFilter,
  ordering,
  placeInList,
} from './inputs.ts';

/** The session and the caller's workspace, from which nodes are read. */
export interface NodeScope {
  readonly session: Session;
  readonly workspace: WorkspaceId;
  readonly loaders: Loaders;
  readonly viewer: TokenViewer;
}

/** The arguments of a list in the schema's `Query`. `Filter` and `Order` are the schema's input types. */
export interface ListArguments extends ConnectionArguments {
  readonly filter?: unknown;
  readonly orderBy?: OrderInput | null | undefined;
  readonly startAt?: ListPlace | null | undefined;
}

/** A type that implements the schema's `Node`. */
export interface NodeType {
  /** The field of `Query` that lists the type. */
  readonly listField: string;
  connection(scope: NodeScope, args: ListArguments, info: Info): Promise<Connection<Listed>>;
  /**
   * The most that reading the list with these arguments reads. `parent` is the type that has the field; `Query` stands for the
   * list of the whole workspace. Throws for arguments with which the field reads nothing.
   */
  readonly reach: ListExtensions['reach'];
  /** The existing nodes among `uuids`, in no particular order. */
  byUuids(scope: NodeScope, uuids: readonly string[]): Promise<Listed[]>;
  /** Whether a value of the model is of the type. */
  recognises(value: object): boolean;
}

/** Makes a NodeType from the description of its list. `filterOf` converts the schema's filter to the model's. */
export function nodeType<Node extends Listed, Filter, Values extends object, Row extends object, Joined>(
  description: ListDescription<Node, Filter, Values, Row, string, Joined>,
  filterOf: (input: never) => Filter,
  recognises: (value: object) => boolean,
): NodeType {
  const list = ({ session, workspace }: Pick<NodeScope, 'session' | 'workspace'>) =>
    new WorkspaceList(description, session, workspace);
  return {
    listField: description.name,
    connection: async (scope, args, info) => {
      // The cast is safe, because GraphQL has checked the filter against the schema.
      const filtered = list(scope).where(filterOf(args.filter as never));
      const cursor = await changesCursor(scope.loaders, info);
      const ordered = ordering(args.orderBy);
      const startAt = placeInList(args.startAt, ordered);
      return connect(filtered, ordered, args, { changesCursor: cursor, startAt });
    },
    reach({ filter, orderBy }: Pick<ListArguments, 'filter' | 'orderBy'>, parent) {
      const belongsTo = lower(parent);
      return reachOf(
        description,
        filterOf(filter as never),
        ordering(orderBy),
        belongsTo in description.parents ? belongsTo : undefined,
      );
    },
    byUuids: (scope, uuids) => list(scope).byUuids(uuids),
    recognises,
  };
}

type Registry = Readonly<Record<string, NodeType>>;

/**
 * The types that implement `Node`, by their names. Global ids, `node`, `nodes` and the lists of `Query` are made from
 * this.
 */
export const NODES = {
  Campaign: nodeType(CAMPAIGNS, campaignFilter, (value) => 'archived' in value),
  Group: nodeType(GROUPS, groupFilter, (value) => 'contactCount' in value),
  Member: nodeType(MEMBERS, memberFilter, (value) => 'active' in value),
  ApiToken: {
    ...nodeType(API_TOKENS, apiTokenFilter, (value) => 'expiresOn' in value),
    async connection({ session, workspace, loaders, viewer }, { filter, orderBy, ...args }, info) {
      // The cast is safe, because GraphQL has checked the filter against the schema.
      const visible = { ...apiTokenFilter(filter as never), ...visibleTokens(viewer) };
      const cursor = await changesCursor(loaders, info);
      const list = apiTokenList(session, workspace).where(visible);
      return connect(list, ordering(orderBy), args, { changesCursor: cursor });
    },
    async byUuids({ session, workspace, viewer }, uuids) {
      const found = await apiTokenList(session, workspace).byUuids(uuids);
      return found.filter((token) => seesToken(viewer, token));
    },
  },
  Change: {
    listField: 'changes',
    connection: ({ session, workspace, loaders }, { filter, ...args }) =>
      connectChanges(new Changes(session, workspace).where(changeFilter(filter as never)), 'changes', args, loaders),
    reach: ({ filter }, parent) => reachOfChanges(parent === 'Query' ? changeFilter(filter as never) : { uuids: [''] }),
    byUuids: ({ session, workspace }, uuids) => new Changes(session, workspace).byUuids(uuids),
    recognises: (value) => 'epoch' in value,
  },
} satisfies Registry;

/** The resolvers that are the same for every type: of `Node`, of each type's `id`, of its list and its connection. */
export function nodeResolvers(registry: Registry) {
  const types = Object.entries(registry);
  return {
    Query: {
      node: async (_root: unknown, { id }: { id: string }, scope: NodeScope) =>
        (await findNodes(registry, [id], scope))[0] ?? null,
      nodes: (_root: unknown, { ids }: { ids: readonly string[] }, scope: NodeScope) =>
        findNodes(registry, atMost('ids', LIMITS.ids, ids), scope),
      ...Object.fromEntries(
        types.map(([, type]) => [
          type.listField,
          (_root: unknown, args: ListArguments, scope: NodeScope, info: Info) => type.connection(scope, args, info),
        ]),
      ),
    },
    Node: {
      __resolveType: (value: object) => types.find(([, type]) => type.recognises(value))?.[0],
    },
    PageInfo: {
      // These resolvers are needed because the answer writer does not call methods.
      hasNextPage: (page: Connection<Listed>['pageInfo']) => page.hasNextPage(),
      hasPreviousPage: (page: Connection<Listed>['pageInfo']) => page.hasPreviousPage(),
    },
    ...Object.fromEntries(
      types.flatMap(([name, { reach }]) => [
        [name, { id: ({ uuid }: Listed) => toGlobalId(name, uuid) }],
        [
          `${name}Connection`,
          {
            totalCount: {
              resolve: (connection: Connection<Listed>) => connection.totalCount(),
              extensions: { reach } satisfies ListExtensions,
            },
          },
        ],
      ]),
    ),
  };
}

/**
 * The objects with these global ids, in their order, with null for those that do not exist. One statement for each
 * type.
 */
async function findNodes(registry: Registry, ids: readonly string[], scope: NodeScope): Promise<(Listed | null)[]> {
  const types = Object.keys(registry);
  const named = ids.map((id) => fromGlobalId(types, id));
  const found = new Map<string, Listed>();
  await Promise.all(
    Object.entries(registry).map(async ([name, type]) => {
      const uuids = new Set(named.flatMap((one) => (one?.type === name ? [one.uuid] : [])));
      for (const node of await type.byUuids(scope, [...uuids])) found.set(toGlobalId(name, node.uuid), node);
    }),
  );
  return ids.map((id) => found.get(id) ?? null);
}
