import { focusManager, QueryClient } from '@tanstack/react-query';

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

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Requests are sent even if the browser says that it is offline, because the server may be on a local network.
        networkMode: 'always',
        staleTime: FRESH_MS,
        refetchOnWindowFocus: 'always',
        retry: false,
        structuralSharing: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
