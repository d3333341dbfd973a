import { defaultRangeExtractor, useWindowVirtualizer, type Range } from '@tanstack/react-virtual';
import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent as ReactKeyboardEvent,
  type ReactNode,
} from 'react';
import { flushSync } from 'react-dom';
import { isToldByBanner } from '../api/server-monitor.ts';
import { OutOfDate } from '../ui/states.tsx';
import { coveredEdges, useUncoveredFocus } from './covered.ts';
import { useEndKeys, useWantedRow } from './end-keys.ts';
import { useHeldEnd } from './held-end.ts';
import { ListEdge, useLoadMore } from './list-edge.tsx';
import { useLoadAhead } from './load-ahead.ts';
import type { ShownList } from './loaded-list.ts';
import { topOf, useMargin, useRowsInPlace } from './margin.ts';
import { printedRows, useIsPrinting } from './printing.ts';
import { useReturningFocus, useRowFocus } from './row-focus.ts';
import { useRowKeys } from './row-keys.ts';
import { savedScrollPosition, saveScrollPosition } from './scroll-positions.ts';
import type { LoadedListControl } from './use-loaded-list.ts';
import './list-table.css';

export interface ListTableProps<Node> {
  label: string;
  /** Identifies the list whose scroll position is saved. */
  name: string;
  /** The CSS class that sets the columns of all rows. */
  columns: string;
  /** The cells of the header, with their ARIA roles. */
  header: ReactNode;
  /** Called before the keys that move the focus between the rows. */
  onKeyDown?: ((event: ReactKeyboardEvent) => void) | undefined;
  /** The cells of a row, with their ARIA roles. `previous` is in the row above, if there is one. */
  row: (node: Node, previous: Node | undefined) => ReactNode;
  list: ShownList<Node>;
  control: LoadedListControl<Node>;
  /** Reads the list from its start or its end. */
  onReadFrom: (end: 'start' | 'end') => void;
}

const OVERSCAN = 10;
/** Visible rows are checked when the user has not scrolled for this long. */
const SCROLL_END_MS = 150;
const NARROW_PX = 720;

/**
 * A table that scrolls with the page. Only the rows near the screen are in the document. Screen readers are told the
 * number of all rows. Arrow keys move the focus between the rows. The loaded rows are printed.
 */
export function ListTable<Node>(props: ListTableProps<Node>) {
  // Another list has another scroll position and other rows.
  return <Table key={props.name} {...props} />;
}

function Table<Node>({
  label,
  name,
  columns,
  header,
  onKeyDown,
  row,
  list,
  control,
  onReadFrom,
}: ListTableProps<Node>) {
  const body = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  const [position] = useState(() => savedScrollPosition(name));
  const atEnd = !list.hasNextPage && !control.readsFromStart;
  /** Where the page is scrolled to when the table appears; undefined is its end. */
  const start = position?.offset ?? (atEnd ? undefined : 0);
  /** The id of the row that has the focus. */
  const [focused, setFocused] = useState<string>();
  /** The id of the row that is about to get the focus, by a key press or because the user comes back to the list. */
  const [target, setTarget] = useState(position?.focused?.id);
  const kept = [focused, target].flatMap((id) =>
    id === undefined ? [] : [list.rows.findIndex((one) => one.id === id)],
  );

  const isPrinting = useIsPrinting();
  const covered = coveredEdges();

  /** Where the page is scrolled to before the virtualizer scrolls it. */
  const before = useRef(0);
  useLayoutEffect(() => {
    before.current = window.scrollY;
  }, []);

  const virtualizer = useWindowVirtualizer<HTMLDivElement>({
    count: list.rows.length,
    estimateSize: () => (window.innerWidth < NARROW_PX ? 77 : 49),
    overscan: OVERSCAN,
    scrollMargin: margin,
    scrollPaddingStart: covered.above,
    scrollPaddingEnd: covered.below,
    getItemKey: (index) => list.rows[index]?.id ?? index,
    // Rows that appear or disappear above the window leave the visible rows in place. At the very top of a list that is read from its
    // start, the list moves instead, so that new rows are visible.
    anchorTo: control.readsFromStart && window.scrollY <= margin ? 'start' : 'end',
    // The row with the focus always stays in the document, because removing it would move the focus to the top of the page. The row that
    // will get the focus is drawn before the page scrolls to it, so that the next key press already starts from it.
    rangeExtractor: (range) => (isPrinting ? printedRows(list.rows.length) : withRows(range, kept)),
    ...(position && { initialMeasurementsCache: position.measurements }),
    // Without an offset the rows would be drawn first where the list before this one was scrolled to.
    ...(start !== undefined && { initialOffset: start }),
  });
  const items = virtualizer.getVirtualItems();

  useMargin(body, setMargin);
  useRowsInPlace(body, virtualizer, list.hasPreviousPage, margin, setMargin);

  const drawRow = (index: number) => flushSync(() => setTarget(list.rows[index]?.id));
  const focusedControl = useRowFocus(body, list.rows, drawRow);
  useReturningFocus(body, list.rows, position?.focused);

  useLayoutEffect(() => {
    // Who has scrolled to a button above the rows, while these were being loaded, stays there.
    const stays = start === 0 && before.current + covered.above <= topOf(body);
    window.scrollTo(0, stays ? before.current : (start ?? document.documentElement.scrollHeight));
    return saveScrollPosition(name, () => ({
      // Not `window.scrollY`: React has removed the heading and the filters already, and the browser has moved the page by their height.
      offset: virtualizer.scrollOffset ?? window.scrollY,
      measurements: virtualizer.measurementsCache,
      focused: focusedControl.current,
    }));
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `start` matters only when the table appears
  }, [name, position, virtualizer]);

  const holdEnd = useHeldEnd(virtualizer, start === undefined);
  useRowsAbove(list.rows.length, control.readsFromStart, holdEnd);
  useUncoveredFocus(body, margin);

  const [first = 0, last = 0] = [items[0]?.index, items.at(-1)?.index];
  const mayLoad = !control.outdated && !isPrinting;
  useLoadAhead(control.below, mayLoad && list.hasNextPage, list.rows.length - 1 - last, list.rows.length);
  useLoadAhead(control.above, mayLoad && list.hasPreviousPage && control.isAboveAsked, first, list.rows.length);

  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  const onRowsVisible = useEffectEvent(control.onRowsVisible);
  useEffect(() => {
    const timer = setTimeout(() => onRowsVisible(startIndex, endIndex), SCROLL_END_MS);
    return () => clearTimeout(timer);
  }, [startIndex, endIndex, list]);

  const missing = { Home: list.hasPreviousPage, End: list.hasNextPage };
  const moveFocus = useRowKeys(list.rows.length, drawRow, (index) => virtualizer.scrollToIndex(index), body, missing);
  useEndKeys(label, missing, onReadFrom, body);
  useWantedRow(label, list.rows.length, body, virtualizer, holdEnd);
  const load = useLoadMore();

  return (
    <>
      {control.error && !isToldByBanner(control.error) && <OutOfDate error={control.error} onRetry={control.reload} />}
      {list.hasPreviousPage && (
        <ListEdge
          more={control.above}
          waits={!control.isAboveAsked}
          onLoad={() => load(control.above, body.current?.firstElementChild)}
        />
      )}
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
          onFocus={(event) => setFocused(list.rows[indexOfRow(event.target)]?.id)}
          onBlur={() => {
            setFocused(undefined);
            setTarget(undefined);
          }}
        >
          {items.map((item) => {
            const shown = list.rows[item.index];
            return (
              shown && (
                <div
                  key={item.key}
                  role="row"
                  aria-rowindex={list.firstIndex === undefined ? undefined : list.firstIndex + item.index + 2}
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
      <ListEdge
        more={control.below}
        loading={list.hasNextPage}
        onLoad={() => load(control.below, body.current?.lastElementChild)}
      />
    </>
  );
}

/** Shows the end of the first rows of a list that is not read from its start: they are all above the place where the user begins to read. */
function useRowsAbove(count: number, readsFromStart: boolean, holdEnd: () => void): void {
  const wasEmpty = useRef(false);
  useLayoutEffect(() => {
    if (wasEmpty.current && count > 0 && !readsFromStart) holdEnd();
    wasEmpty.current = count === 0;
  }, [count, readsFromStart, holdEnd]);
}

function withRows(range: Range, kept: readonly number[]): number[] {
  const indexes = new Set(defaultRangeExtractor(range));
  for (const index of kept) if (index !== -1) indexes.add(index);
  return [...indexes].sort((a, b) => a - b);
}

function indexOfRow(element: Element): number {
  return Number(element.closest<HTMLElement>('[data-index]')?.dataset['index'] ?? -1);
}
