import { useQuery } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import { graphql, type FragmentType } from '../generated/index.ts';
import type { OwnTokenQuery as OwnTokenData } from '../generated/graphql.ts';
import { connectionPage, type ReadFrom } from '../list/loaded-list.ts';
import { pageArguments, useLoadedList, type LoadedListControl } from '../list/use-loaded-list.ts';

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

type TokenRef = FragmentType<typeof TokenRow>;

const TokensQuery = graphql(`
  query Tokens($first: Int, $after: String, $last: Int, $before: String, $counted: Boolean!, $backwards: Boolean!) {
    apiTokens(first: $first, after: $after, last: $last, before: $before) {
      edges {
        cursor
        node {
          id
          ...TokenRow
        }
      }
      pageInfo {
        hasNextPage @skip(if: $backwards)
        hasPreviousPage @include(if: $backwards)
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
export function useTokens(readFrom: ReadFrom<never>): LoadedListControl<TokenRef> {
  const execute = useExecute();
  return useLoadedList<TokenRef>(
    ['tokens'],
    async (request, signal) => {
      const { apiTokens } = await execute(TokensQuery, pageArguments(request), signal);
      return connectionPage(apiTokens);
    },
    readFrom,
  );
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
