import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { ApiContext, useExecute } from '../api/api-context.ts';
import { executeAs, reportingTo } from '../api/execute.ts';
import { createQueryClient } from '../api/query-client.ts';
import { ServerBanner } from '../api/server-banner.tsx';
import { watchServer } from '../api/server-state.ts';
import { troubleOf } from '../api/trouble.ts';
import { NoticesProvider } from '../ui/notices.tsx';
import { Loading, TroubleState } from '../ui/states.tsx';
import { Button } from '../ui/button.tsx';
import { ViewerContext, ViewerQuery } from './viewer.tsx';

interface Props {
  token: string;
  signOut: (reason: 'chosen' | 'refused') => void;
  children: ReactNode;
}

/** Everything that a token opens: who its holder is, and the means to ask the server on their behalf. */
export function SignedIn({ token, signOut, children }: Props) {
  const [queryClient] = useState(createQueryClient);
  const [server] = useState(watchServer);
  const execute = useMemo(
    () =>
      reportingTo((trouble) => {
        server.heard(trouble);
        if (trouble?.kind === 'signed-out') signOut('refused');
      }, executeAs(token)),
    [token, server, signOut],
  );
  useEffect(() => () => queryClient.clear(), [queryClient]);

  return (
    <QueryClientProvider client={queryClient}>
      <ApiContext value={execute}>
        <NoticesProvider>
          <ServerBanner server={server} />
          <WithViewer signOut={() => signOut('chosen')}>{children}</WithViewer>
        </NoticesProvider>
      </ApiContext>
    </QueryClientProvider>
  );
}

function WithViewer({ signOut, children }: { signOut: () => void; children: ReactNode }) {
  const execute = useExecute();
  const viewer = useQuery({
    queryKey: ['viewer'],
    queryFn: async ({ signal }) => (await execute(ViewerQuery, {}, signal)).viewer,
    // Roles change rarely, and the server refuses what a role no longer allows.
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: true,
  });
  if (viewer.data) return <ViewerContext value={viewer.data}>{children}</ViewerContext>;
  if (!viewer.error) return <Loading what="workspace" />;
  return (
    <main className="lone-state">
      <TroubleState heading="h1" trouble={troubleOf(viewer.error)} onRetry={() => void viewer.refetch()}>
        <Button onPress={signOut}>Sign in with another token</Button>
      </TroubleState>
    </main>
  );
}
