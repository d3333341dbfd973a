import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useApi } from '../api/api-context.ts';
import { errorDetails } from '../api/request-error.ts';
import { subscribeAs } from '../api/subscribe.ts';
import type { ChangeSubjectType } from '../generated/graphql.ts';
import { graphql } from '../generated/index.ts';
import { readViewer, useViewer } from '../session/viewer.tsx';
import type { ChangeBatch, ChangeSource } from './follow-changes.ts';
import { shareChanges } from './share-changes.ts';

const LiveChanges = graphql(`
  subscription LiveChanges($after: String!) {
    changes(after: $after, first: 250) {
      changes {
        subjectType
      }
      cursor
      upToDate
    }
  }
`);

const NewChanges = graphql(`
  query NewChanges($after: String!) {
    changes(after: $after, first: 250) {
      nodes {
        subjectType
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** INVALID_CURSOR counts too, because a server of another version may not accept the cursor's format. */
const EXPIRED = new Set(['CURSOR_EXPIRED', 'INVALID_CURSOR']);

/**
 * Fetches the data on the screen again whenever somebody has changed something. Returns when the screen was last known to
 * be up to date, in ms since 1970. A hidden page follows no changes; it catches up when it is shown again. Visible pages share
 * one stream.
 */
export function useLiveData(): number {
  const { execute, ask, token } = useApi();
  const queryClient = useQueryClient();
  const viewer = useViewer();
  const cursor = useRef<string>(undefined);
  const [upToDateAt, setUpToDateAt] = useState<number>();
  const name = `campaigns.changes.${viewer.workspace.uuid}`;

  const source = useMemo<ChangeSource>(() => {
    const subscribe = subscribeAs(token);
    return {
      present: async () => (await readViewer(execute)).changesCursor,
      async ask(after, signal) {
        const { nodes, pageInfo } = (await ask(NewChanges, { after }, signal)).changes;
        return { ...whatChanged(nodes), cursor: pageInfo.endCursor ?? after, upToDate: !pageInfo.hasNextPage };
      },
      async *stream(after, signal) {
        for await (const { changes } of subscribe(LiveChanges, { after }, signal)) {
          yield { ...whatChanged(changes.changes), cursor: changes.cursor, upToDate: changes.upToDate };
        }
      },
      isExpired(error) {
        const details = errorDetails(error);
        return details.kind === 'failed' && EXPIRED.has(details.code ?? '');
      },
    };
  }, [execute, ask, token]);

  // Data that an earlier visit has kept is fetched again anyway. So the changes are followed only from the server's first answer on.
  const startCursor = useEffectEvent(() => viewer.changesCursor);
  useEffect(() => {
    if (viewer.kept) return undefined;
    let following = new AbortController();
    const refresh = refreshing(queryClient);
    const take = (batch: ChangeBatch) => {
      ({ cursor: cursor.current } = batch);
      if (batch.changed) refresh();
      // The role of the user may be another one, or the limit of the token that is used here.
      if (batch.peopleChanged) void queryClient.invalidateQueries({ queryKey: ['viewer'] });
      if (batch.upToDate) setUpToDateAt(Date.now());
    };
    const start = () => {
      following.abort();
      following = new AbortController();
      if (document.visibilityState === 'hidden') return;
      void shareChanges(name, source, cursor.current ?? startCursor(), take, following.signal);
    };
    start();
    document.addEventListener('visibilitychange', start);
    return () => {
      document.removeEventListener('visibilitychange', start);
      following.abort();
    };
  }, [queryClient, source, name, viewer.kept]);

  return upToDateAt ?? viewer.readAt;
}

const PEOPLE = new Set<ChangeSubjectType>(['MEMBER', 'API_TOKEN']);

function whatChanged(changes: readonly { subjectType: ChangeSubjectType }[]) {
  return { changed: changes.length > 0, peopleChanged: changes.some(({ subjectType }) => PEOPLE.has(subjectType)) };
}

/**
 * What a change of others does not make out of date, or not soon: the viewer, unless members or tokens have changed, the state of a live
 * account, which is polled, and the months of a list, which one campaign rarely changes.
 */
const UNAFFECTED = new Set<unknown>(['viewer', 'upstream', 'span']);

/** The pause between two refreshes, in ms, so that a busy workspace does not keep a slow link busy. */
const REFRESH_MS = 500;

/** Returns a function that refreshes at once. If it is called while a refresh runs, one more refresh follows. */
function refreshing(queryClient: QueryClient): () => void {
  let running = false;
  let wanted = false;
  const run = async () => {
    running = true;
    while (wanted) {
      wanted = false;
      const affected = queryClient
        .getQueryCache()
        .findAll({ predicate: ({ queryKey }) => !UNAFFECTED.has(queryKey[0]) });
      // A first request that is on its way is not sent again, but the server may have answered it before the change.
      const first = affected.filter(({ state }) => state.data === undefined && state.fetchStatus === 'fetching');
      for (const some of [affected, first]) {
        await queryClient.invalidateQueries({ predicate: (query) => some.includes(query) });
      }
      await new Promise((resolve) => {
        setTimeout(resolve, REFRESH_MS);
      });
    }
    running = false;
  };
  return () => {
    wanted = true;
    if (!running) void run();
  };
}
