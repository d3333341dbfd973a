import { lazy, Suspense, useState, type ComponentType, type ReactNode } from 'react';
import type { ErrorDetails } from '../api/request-error.ts';
import { whyNotLoaded } from '../api/why-not-loaded.ts';
import { t } from '../language/language.ts';
import { ErrorState } from './states.tsx';

/**
 * A component whose code is loaded when it is first shown, so that the first page is there sooner. `fallback` is shown until
 * then; without it a sign at the edge of the window says that something is loading. If the code cannot be loaded, `Failed`
 * says why. It is loaded again when the component is shown again.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  fallback: (props: Props) => ReactNode = Waiting,
  Failed: ComponentType<{ error: ErrorDetails }> = PartNotLoaded,
): ComponentType<Props> {
  const loading = () =>
    lazy(async (): Promise<{ default: ComponentType<Props> }> => {
      try {
        return { default: await load() };
      } catch {
        const error = await whyNotLoaded();
        part = undefined;
        return { default: () => <Failed error={error} /> };
      }
    });
  let part: ReturnType<typeof loading> | undefined;
  return function LazyPart(props: Props) {
    const [Part] = useState(() => (part ??= loading()));
    return (
      <Suspense fallback={fallback(props)}>
        <Part {...props} />
      </Suspense>
    );
  };
}

function PartNotLoaded({ error }: { error: ErrorDetails }) {
  return <ErrorState error={error} onRetry={() => location.reload()} />;
}

function Waiting() {
  return (
    <p className="waiting" role="status">
      {t('loading.anything')}
    </p>
  );
}

/** For parts that nobody waits for. */
export function nothing(): null {
  return null;
}
