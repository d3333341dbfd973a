import { focusManager, QueryClient } from '@tanstack/react-query';
import { errorDetails } from './request-error.ts';

/** The focus event is needed too, because two windows side by side are both visible all the time. */
focusManager.setEventListener((onFocus) => {
  const visible = () => {
    if (document.visibilityState === 'visible') onFocus();
  };
  const focused = () => onFocus();
  document.addEventListener('visibilitychange', visible);
  window.addEventListener('focus', focused);
  return () => {
    document.removeEventListener('visibilitychange', visible);
    window.removeEventListener('focus', focused);
  };
});

/** Data younger than this is not fetched again when the user comes back to a page. */
const FRESH_MS = 5_000;

/** How many times a query is sent again after the server has answered that it is too busy. */
const MAX_RETRIES = 2;

/** How long to wait before a query that has failed is sent again, in ms; undefined if that would not help. */
function retryDelay(error: Error): number | undefined {
  const details = errorDetails(error);
  return details.kind === 'busy' ? details.retryAfterSeconds * 1_000 : undefined;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Requests are sent even if the browser says that it is offline, because the server may be on a local network.
        networkMode: 'always',
        staleTime: FRESH_MS,
        refetchOnWindowFocus: 'always',
        retry: (failures, error) => failures < MAX_RETRIES && retryDelay(error) !== undefined,
        retryDelay: (_failures, error) => retryDelay(error) ?? 0,
        structuralSharing: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
