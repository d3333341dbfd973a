import { useEffect, useState } from 'react';
import { useApi } from '../api/api-context.ts';
import type { ErrorDetails } from '../api/request-error.ts';
import { whyNotLoaded } from '../api/why-not-loaded.ts';
import { ErrorState } from './states.tsx';
import { useHasUnsaved } from './use-unsaved.ts';

/**
 * Shown instead of a page whose code could not be loaded. When an outage was the reason, the browser loads the page again after it.
 * Importing the code again would not be enough, because some browsers remember that an import has failed.
 */
export function PageNotLoaded({ error }: { error: ErrorDetails }) {
  const isServerBack = useIsServerBack(error);
  const hasUnsaved = useHasUnsaved();
  useEffect(() => {
    if (isServerBack && !hasUnsaved) location.reload();
  }, [isServerBack, hasUnsaved]);
  return <ErrorState heading="h1" error={error} onRetry={() => location.reload()} />;
}

/** Whether the server, which could not be reached, sends the console's files again. */
function useIsServerBack(error: ErrorDetails): boolean {
  const { monitor, report } = useApi();
  const [isBack, setBack] = useState(false);
  useEffect(() => {
    if (error.kind !== 'unreachable') return undefined;
    // The banner now tries again until the server answers, and the monitor hears of it.
    report(error);
    const check = async () => {
      // A proxy may answer requests for data and still have no files. Then the page would be loaded again and again.
      setBack(monitor.state().kind === 'ok' && (await whyNotLoaded()).kind !== 'unreachable');
    };
    return monitor.subscribe(() => void check());
  }, [error, monitor, report]);
  return isBack;
}
