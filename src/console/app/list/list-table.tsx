import { defaultRangeExtractor, useWindowVirtualizer, type Range } from '@tanstack/react-virtual';
import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { describeError } from '../api/request-error.ts';
import { t } from '../language/language.ts';
import { Button } from '../ui/button.tsx';
import type { LoadedList } from './loaded-list.ts';
import { useRowKeys } from './row-keys.ts';
import { savedScrollPosition, saveScrollPosition } from './scroll-positions.ts';
import type { LoadedListControl } from './use-loaded-list.ts';
import { useScrollAnchor } from './scroll-anchor.ts';
import './list-table.css';

interface Props<Node> {
  label: string;
  /** Identifies the list whose scroll position is saved. */
  name: string;
  /** The CSS class that sets the columns of all rows. */
  columns: string;
  /** The cells of the header, with their ARIA roles. */
  header: ReactNode;
  /** Called before the keys that move the focus between the rows. */
  onKeyDown?: ((event: KeyboardEvent) => void) | undefined;
  /** The cells of a row, with their ARIA roles. `previous` is in the row above, if there is one. */
  row: (node: Node, previous: Node | undefined) => ReactNode;
  list: LoadedList<Node>;
  control: LoadedListControl<Node>;
}

const OVERSCAN = 10;
/** The next page is loaded when fewer rows than this are left below: about two screens. */
const ROWS_AHEAD = 40;
/** Visible rows are checked when the user has not scrolled for this long. */
const SCROLL_END_MS = 150;
const NARROW_PX = 720;
/** How much of the screen the table's header and a bar at the bottom may cover. A row that gets the focus is not put behind them. */
const COVERED_ABOVE_PX = 48;
const COVERED_BELOW_PX = 120;

/**
 * A table that scrolls with the page. Only the rows near the screen are in the document. Screen readers are told the
 * number of all rows. Arrow keys move the focus between the rows.
 */
export function ListTable<Node>({ label, name, columns, header, onKeyDown, row, list, control }: Props<Node>) {
  const body = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  const [position] = useState(() => savedScrollPosition(name));
  const [focused, setFocused] = useState<number>();

  const virtualizer = useWindowVirtualizer<HTMLDivElement>({
    count: list.rows.length,
    estimateSize: () => (window.innerWidth < NARROW_PX ? 77 : 49),
    overscan: OVERSCAN,
    scrollMargin: margin,
    scrollPaddingStart: COVERED_ABOVE_PX,
    scrollPaddingEnd: COVERED_BELOW_PX,
    getItemKey: (index) => list.rows[index]?.id ?? index,
    // The row that has the focus is always kept, because removing it would move the focus to the top of the page.
    rangeExtractor: (range) => withRow(range, focused),
    ...(position && { initialOffset: position.offset, initialMeasurementsCache: position.measurements }),
  });
  const items = virtualizer.getVirtualItems();

  useLayoutEffect(() => {
    const measure = () => setMargin((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    measure();
    // The content above the rows changes its height when the window gets narrow.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    window.scrollTo(0, position?.offset ?? 0);
    return () => saveScrollPosition(name, { offset: window.scrollY, measurements: virtualizer.measurementsCache });
  }, [name, position, virtualizer]);

  useScrollAnchor(list.rows, virtualizer, margin);

  const last = items.at(-1)?.index ?? 0;
  const wantsMore = list.hasNextPage && !control.loadingMore && !control.loadMoreError && !control.outdated;
  const loadMore = useEffectEvent(control.loadMore);
  useEffect(() => {
    if (wantsMore && last >= list.rows.length - ROWS_AHEAD) loadMore();
  }, [wantsMore, last, list.rows.length]);

  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  const onRowsVisible = useEffectEvent(control.onRowsVisible);
  useEffect(() => {
    const timer = setTimeout(() => onRowsVisible(startIndex, endIndex), SCROLL_END_MS);
    return () => clearTimeout(timer);
  }, [startIndex, endIndex, list]);

  const moveFocus = useRowKeys(list.rows.length, (index) => virtualizer.scrollToIndex(index), body);

  return (
    <>
      <div
        className={`list ${columns}`}
        role="table"
        aria-label={label}
        aria-rowcount={list.totalCount + 1}
        aria-busy={control.outdated}
      >
        <div role="rowgroup" className="list-head">
          <div role="row" aria-rowindex={1} className="list-row">
            {header}
          </div>
        </div>
        <div
          role="rowgroup"
          ref={body}
          className="list-body"
          style={{ height: virtualizer.getTotalSize() }}
          onKeyDown={(event) => {
            onKeyDown?.(event);
            moveFocus(event);
          }}
          onFocus={(event) => setFocused(indexOfRow(event.target))}
          onBlur={() => setFocused(undefined)}
        >
          {items.map((item) => {
            const shown = list.rows[item.index];
            return (
              shown && (
                <div
                  key={item.key}
                  role="row"
                  aria-rowindex={item.index + 2}
                  data-index={item.index}
                  ref={virtualizer.measureElement}
                  className="list-row"
                  style={{ transform: `translateY(${item.start - margin}px)` }}
                >
                  {row(shown.node, list.rows[item.index - 1]?.node)}
                </div>
              )
            );
          })}
        </div>
      </div>
      <ListEnd control={control} list={list} />
    </>
  );
}

function ListEnd<Node>({ list, control }: { list: LoadedList<Node>; control: LoadedListControl<Node> }) {
  return (
    <div className="list-end" role="status">
      {control.loadMoreError ? (
        <>
          {describeError(control.loadMoreError)} <Button onPress={control.loadMore}>{t('loading.moreAction')}</Button>
        </>
      ) : (
        list.hasNextPage && t('loading.more')
      )}
    </div>
  );
}

function withRow(range: Range, index: number | undefined): number[] {
  const indexes = defaultRangeExtractor(range);
  if (index === undefined || index >= range.count || indexes.includes(index)) return indexes;
  return [...indexes, index].toSorted((a, b) => a - b);
}

function indexOfRow(element: Element): number | undefined {
  const index = element.closest<HTMLElement>('[data-index]')?.dataset['index'];
  return index === undefined ? undefined : Number(index);
}
