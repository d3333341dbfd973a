import { useQuery } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import { graphql, type FragmentType } from '../generated/index.ts';
import type { OwnTokenQuery as OwnTokenData } from '../generated/graphql.ts';
import { useLoadedList, type LoadedListControl } from '../list/use-loaded-list.ts';

export const TokenRow = graphql(`
  fragment TokenRow on ApiToken {
    uuid
    name
    owner
    role
    createdOn
    lastUsedOn
    expiresOn
  }
`);

export type TokenRef = FragmentType<typeof TokenRow>;

const TokensQuery = graphql(`
  query Tokens($first: Int!, $after: String, $counted: Boolean!) {
    apiTokens(first: $first, after: $after) {
      edges {
        cursor
        node {
          id
          ...TokenRow
        }
      }
      pageInfo {
        hasNextPage
      }
      totalCount @include(if: $counted)
    }
  }
`);

const OwnTokenQuery = graphql(`
  query OwnToken {
    viewer {
      token {
        uuid
        expiresOn
      }
    }
  }
`);

/** The tokens that the user may see, newest first. */
export function useTokens(): LoadedListControl<TokenRef> {
  const execute = useExecute();
  return useLoadedList<TokenRef>(['tokens'], async (request, signal) => {
    const { apiTokens } = await execute(TokensQuery, request, signal);
    return {
      rows: apiTokens.edges.map(({ cursor, node }) => ({ id: node.id, cursor, node })),
      hasNextPage: apiTokens.pageInfo.hasNextPage,
      totalCount: apiTokens.totalCount,
    };
  });
}

/** The token that the console uses; undefined until it is known. */
export function useOwnToken(): OwnTokenData['viewer']['token'] | undefined {
  const execute = useExecute();
  const query = useQuery({
    queryKey: ['own-token'],
    queryFn: async ({ signal }) => (await execute(OwnTokenQuery, {}, signal)).viewer.token,
  });
  return query.data;
}
