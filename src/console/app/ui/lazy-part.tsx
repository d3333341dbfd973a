import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import type { ErrorDetails } from '../api/request-error.ts';
import { ErrorState } from './states.tsx';

/**
 * A component whose code is loaded when it is first shown, so that the first page is there sooner. `fallback` is shown until
 * then. If the code cannot be loaded, the component says why.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  fallback?: () => ReactNode,
): ComponentType<Props> {
  const Part = lazy(async (): Promise<{ default: ComponentType<Props> }> => {
    try {
      return { default: await load() };
    } catch {
      const error = await whyNotLoaded();
      return { default: () => <ErrorState error={error} onRetry={() => location.reload()} /> };
    }
  });
  return function LazyPart(props: Props) {
    return (
      <Suspense fallback={fallback?.()}>
        <Part {...props} />
      </Suspense>
    );
  };
}

/** A server that answers has been updated, so that it does not have the file any more. */
async function whyNotLoaded(): Promise<ErrorDetails> {
  try {
    await fetch('/', { method: 'HEAD' });
    return { kind: 'outdated' };
  } catch {
    return { kind: 'unreachable' };
  }
}
