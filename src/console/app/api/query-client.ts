import { focusManager, QueryClient } from '@tanstack/react-query';

/** Two windows side by side are both visible: only the window's own focus says which one a person turned to. */
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

/** What was asked for within this time is not asked for again when a page is merely revisited. */
const FRESH_MS = 5_000;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The server may be reachable with no internet at all, so the browser's idea of "online" decides nothing.
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
