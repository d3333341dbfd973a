import { QueryClientProvider, useQuery, type QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { ApiContext, useExecute } from '../api/api-context.ts';
import { askAs, executeAs, reportOutcomes, type Execute } from '../api/execute.ts';
import { createQueryClient } from '../api/query-client.ts';
import { createServerMonitor } from '../api/server-monitor.ts';
import { errorDetails, type ErrorDetails } from '../api/request-error.ts';
import { t } from '../language/language.ts';
import { NoticesProvider } from '../ui/notices.tsx';
import { isFrameShown, removeFrame } from '../ui/frame.ts';
import { Loading, ErrorState } from '../ui/states.tsx';
import { Button } from '../ui/button.tsx';
import { hasUnsaved } from '../ui/use-unsaved.ts';
import { keepDraft } from './drafts.ts';
import { OtherWorkspaces } from './other-workspaces.tsx';
import { ServerBanner } from './server-banner.tsx';
import { readToken } from './token.js';
import type { Account, SessionControl } from './use-session.ts';
import { readViewer, ViewerContext } from './viewer.tsx';

interface Props extends Account, Pick<SessionControl, 'leave'> {
  /** Puts what the first page shows into the cache, or asks for it. */
  fillCache: (queryClient: QueryClient, execute: Execute, token: string) => void;
  children: ReactNode;
}

/** Gives its children what needs a token: the server's API, its cached data, and the signed-in user. */
export function SignedIn({ token, switchTo, signOut, leave, fillCache, children }: Props) {
  const [queryClient] = useState(createQueryClient);
  const [monitor] = useState(createServerMonitor);
  const api = useMemo(() => {
    const report = (error: ErrorDetails | undefined) => {
      monitor.report(error);
      if (error?.kind === 'signed-out') leave(token, reasonOfRefusal(token));
      if (error?.kind === 'forbidden') void readRoleAgain(queryClient);
    };
    return {
      execute: reportOutcomes(executeAs(token), report),
      ask: reportOutcomes(askAs(token), report),
      report,
      monitor,
      token,
    };
  }, [token, monitor, leave, queryClient]);
  // This runs before the children render, so that the page finds the running request and does not send it again.
  useState(() => fillCache(queryClient, api.execute, token));
  useEffect(() => () => queryClient.clear(), [queryClient]);

  return (
    <QueryClientProvider client={queryClient}>
      <ApiContext value={api}>
        <NoticesProvider>
          <ServerBanner monitor={monitor} />
          <WithViewer switchTo={switchTo} signOut={signOut} leave={() => leave(token, 'other-token')}>
            {children}
          </WithViewer>
        </NoticesProvider>
      </ApiContext>
    </QueryClientProvider>
  );
}

/** The answer that refuses a token can come after the user has switched to another workspace. Then the form that is open goes on. */
function reasonOfRefusal(token: string): 'refused' | 'refused-unsaved' | 'refused-kept' {
  if (readToken() === token && keepDraft()) return 'refused-kept';
  return hasUnsaved() ? 'refused-unsaved' : 'refused';
}

/** Reads the viewer again after a refusal, because the role may have changed. Not when it is the viewer that was refused. */
function readRoleAgain(queryClient: QueryClient): Promise<void> {
  return queryClient.invalidateQueries({
    queryKey: ['viewer'],
    predicate: ({ state }) => state.status === 'success' && state.fetchStatus === 'idle',
  });
}

interface WithViewerProps extends Pick<Account, 'switchTo' | 'signOut'> {
  leave: () => void;
  children: ReactNode;
}

function WithViewer({ switchTo, signOut, leave, children }: WithViewerProps) {
  const execute = useExecute();
  const viewer = useQuery({
    queryKey: ['viewer'],
    queryFn: async ({ signal }) => {
      try {
        return await readViewer(execute, signal);
      } catch (error) {
        // The form that is open goes with the page. It comes back when the role has access again.
        if (errorDetails(error).kind === 'forbidden') keepDraft();
        throw error;
      }
    },
    // The server checks the role in every request, and a change of a member or a token invalidates the viewer: see use-live-data.ts.
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: true,
  });
  // A role that has no access any more may not see what it has read before either.
  const isRefused = viewer.error !== null && errorDetails(viewer.error).kind === 'forbidden';
  if (viewer.data && !isRefused) return <ViewerContext value={viewer.data}>{children}</ViewerContext>;
  if (!viewer.error) return isFrameShown() ? null : <Loading text={t('loading.workspace')} />;
  return (
    <main className="lone-state" ref={removeFrame}>
      <ErrorState heading="h1" error={errorDetails(viewer.error)} onRetry={() => void viewer.refetch()}>
        <Button onPress={leave}>{t('signIn.otherToken')}</Button>
      </ErrorState>
      <OtherWorkspaces switchTo={switchTo} signOut={signOut} />
    </main>
  );
}
