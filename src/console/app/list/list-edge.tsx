import { useRef } from 'react';
import { describeError } from '../api/request-error.ts';
import { t } from '../language/language.ts';
import { Button } from '../ui/button.tsx';
import { useLostFocus } from '../ui/lost-focus.ts';
import type { MoreRows } from './use-loaded-list.ts';

interface Props {
  more: MoreRows;
  /** True if the rows beyond are on their way, or will be as soon as the user scrolls near them. */
  loading?: boolean;
  /** True if the user has to ask for the rows. */
  waits?: boolean;
  onLoad: () => void;
}

/** Says at the end of the loaded rows whether there are more. */
export function ListEdge({ more, loading = more.loading, waits = false, onLoad }: Props) {
  return (
    <div className="state-line" role="status">
      {more.error ? (
        <>
          {describeError(more.error)} <Button onPress={onLoad}>{t('loading.moreAction')}</Button>
        </>
      ) : waits ? (
        <Button onPress={onLoad}>{t('loading.aboveAction')}</Button>
      ) : (
        loading && t('loading.more')
      )}
    </div>
  );
}

/**
 * Returns a function that loads more rows when the button of an edge was pressed. `row` is the row beside the button. It gets the focus
 * when the button disappears. The table calls this, because the whole edge may disappear with its button.
 */
export function useLoadMore(): (more: MoreRows, row: Element | null | undefined) => void {
  const pressed = useRef<{ button: Element | null; row: Element | null | undefined }>(undefined);
  useLostFocus(({ element }) => {
    const { button, row } = pressed.current ?? {};
    if (element === button) row?.querySelector<HTMLElement>('a[href], button')?.focus({ preventScroll: true });
  });
  return (more, row) => {
    pressed.current = { button: document.activeElement, row };
    more.load();
  };
}
