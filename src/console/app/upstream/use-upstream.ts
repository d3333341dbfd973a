import { useQuery } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import type { UpstreamQuery as UpstreamData } from '../generated/graphql.ts';
import { graphql } from '../generated/index.ts';

const UpstreamQuery = graphql(`
  query Upstream {
    viewer {
      workspace {
        upstream {
          url
          state
          problem
          lastContactAt
          completeAsOf
        }
      }
    }
  }
`);

export type UpstreamState = NonNullable<UpstreamData['viewer']['workspace']['upstream']>;

/** The state is no change of the workspace, so that no stream tells of it. In ms. */
const LOOK_AGAIN_MS = 20_000;

/** The live account that the workspace is kept in; undefined while that is not known, null where it is kept on the server alone. */
export function useUpstream(): UpstreamState | null | undefined {
  const execute = useExecute();
  const { data } = useQuery({
    queryKey: ['upstream'],
    queryFn: async ({ signal }) => (await execute(UpstreamQuery, {}, signal)).viewer.workspace.upstream,
    // Most workspaces are kept on their server alone, and are not asked about again.
    refetchInterval: ({ state }) => (state.data === null ? false : LOOK_AGAIN_MS),
  });
  return data;
}
