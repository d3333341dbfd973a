import type { ReactNode } from 'react';
import { t } from '../language/language.ts';
import { formatPastAge, useNow } from '../ui/time-ago.tsx';
import type { LoadedListControl } from './use-loaded-list.ts';

interface Props {
  control: LoadedListControl<unknown>;
  /** Whether the search box has other words than the list. */
  typing: boolean;
  /** How many rows there are. */
  children: ReactNode;
}

/**
 * The number of rows beside the heading. It is not shown while the number for a new search or filter is still unknown. If
 * the rows were kept by an earlier visit, a note about that takes its place.
 */
export function Count({ control, typing, children }: Props) {
  const { keptAt } = control;
  return (
    <span role="status">
      {typing || control.outdated ? (
        t('search.running')
      ) : keptAt === undefined ? (
        children
      ) : (
        <>
          {/* On a narrow screen the note has another place, and the number keeps its own free. */}
          <span className="kept-count" aria-hidden="true">
            {children}
          </span>
          <Kept keptAt={keptAt} failed={control.error !== undefined} />
        </>
      )}
    </span>
  );
}

function Kept({ keptAt, failed }: { keptAt: number; failed: boolean }) {
  const age = formatPastAge(useNow() - keptAt);
  return (
    <span className="kept">
      {t('kept.at', { age })} <span className="kept-more">{t(failed ? 'kept.unreachable' : 'kept.loading')}</span>
    </span>
  );
}
