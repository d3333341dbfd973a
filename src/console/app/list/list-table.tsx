import { defaultRangeExtractor, useWindowVirtualizer, type Range } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { describeTrouble } from '../api/trouble.ts';
import { Button } from '../ui/button.tsx';
import type { LoadedList } from './loaded-list.ts';
import { useRowKeys } from './row-keys.ts';
import { recallPlace, rememberPlace } from './scroll-memory.ts';
import type { LoadedListControl } from './use-loaded-list.ts';
import { useSteadyScroll } from './steady-scroll.ts';
import './list-table.css';

interface Props<Node> {
  label: string;
  /** Tells lists apart whose places are remembered. */
  name: string;
  /** A class that lays out the columns of all rows. */
  columns: string;
  /** The cells of the header and of a row, each with its own role. */
  header: ReactNode;
  row: (node: Node) => ReactNode;
  list: LoadedList<Node>;
  control: LoadedListControl<Node>;
}

const OVERSCAN = 10;
/** More is asked for when fewer rows than this are left below: about two screens. */
const ROWS_AHEAD = 40;
/** Rows in view are asked for anew when the scrolling has come to rest for this long. */
const REST_MS = 150;
const NARROW_PX = 720;

/**
 * A table that scrolls with the page and keeps only the rows near the screen in it. To assistive technology it is a
 * table with all its rows counted; arrow keys move between the rows.
 */
export function ListTable<Node>({ label, name, columns, header, row, list, control }: Props<Node>) {
  const body = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  const [place] = useState(() => recallPlace(name));
  const [focused, setFocused] = useState<number>();

  const virtualizer = useWindowVirtualizer<HTMLDivElement>({
    count: list.rows.length,
    estimateSize: () => (window.innerWidth < NARROW_PX ? 77 : 49),
    overscan: OVERSCAN,
    scrollMargin: margin,
    getItemKey: (index) => list.rows[index]?.id ?? index,
    // The row that has the focus stays, wherever one scrolls: its removal would throw the focus back to the page's top.
    rangeExtractor: (range) => withRow(range, focused),
    ...(place && { initialOffset: place.offset, initialMeasurementsCache: place.measurements }),
  });
  const items = virtualizer.getVirtualItems();

  useLayoutEffect(() => {
    const measure = () => setMargin((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    measure();
    // What stands above the rows wraps when the window gets narrow.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    window.scrollTo(0, place?.offset ?? 0);
    return () => rememberPlace(name, { offset: window.scrollY, measurements: virtualizer.measurementsCache });
  }, [name, place, virtualizer]);

  useSteadyScroll(list.rows, virtualizer, margin);

  const last = items.at(-1)?.index ?? 0;
  const wantsMore = list.hasNextPage && !control.loadingMore && !control.moreTrouble && !control.outdated;
  const loadMore = useEffectEvent(control.loadMore);
  useEffect(() => {
    if (wantsMore && last >= list.rows.length - ROWS_AHEAD) loadMore();
  }, [wantsMore, last, list.rows.length]);

  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  const rowsInView = useEffectEvent(control.rowsInView);
  useEffect(() => {
    const rest = setTimeout(() => rowsInView(startIndex, endIndex), REST_MS);
    return () => clearTimeout(rest);
  }, [startIndex, endIndex, list]);

  const onKeyDown = useRowKeys(list.rows.length, (index) => virtualizer.scrollToIndex(index), body);

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
          onKeyDown={onKeyDown}
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
                  {row(shown.node)}
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
      {control.moreTrouble ? (
        <>
          {describeTrouble(control.moreTrouble)} <Button onPress={control.loadMore}>Load more</Button>
        </>
      ) : (
        list.hasNextPage && 'Loading more…'
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
