import { useQuery } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import type { UpstreamQuery as UpstreamData } from '../generated/graphql.ts';
import { graphql } from '../generated/index.ts';
import { useIsInAccount } from '../session/viewer.tsx';

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

/** The polling interval, in ms. The state is polled, because it is no change of the workspace and so no stream reports it. */
const LOOK_AGAIN_MS = 20_000;

/** The live account of the workspace. Undefined means not known yet; null means that the workspace is kept only on this server. */
export function useUpstream(): UpstreamState | null | undefined {
  const execute = useExecute();
  const { data } = useQuery({
    queryKey: ['upstream'],
    queryFn: async ({ signal }) => (await execute(UpstreamQuery, {}, signal)).viewer.workspace.upstream,
    enabled: useIsInAccount(),
    refetchInterval: LOOK_AGAIN_MS,
  });
  return data;
}
