import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
} from 'react';
import { getFragmentData } from '../../generated/index.ts';
import type { CampaignRowFragment } from '../../generated/graphql.ts';
import { loadMessages, t, useLanguage, type MessageFiles } from '../../language/language.ts';
import type { ShownList } from '../../list/loaded-list.ts';
import { nextIndex } from '../../list/row-keys.ts';
import {
  deselectRows,
  extendRange,
  extendRangeFrom,
  MAX_SELECTED,
  NOTHING_SELECTED,
  selectRows,
  toggleRow,
  type Selection,
} from '../../list/selection.ts';
import { withSigns } from '../../ui/invisible-characters.ts';
import { useLostFocus } from '../../ui/lost-focus.ts';
import { isShortcut } from '../../ui/shortcut.ts';
import { CampaignRow, type CampaignRef } from '../campaign-row.ts';
import type { RowSelection } from '../row-selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useManyActions } from './use-many-actions.tsx';
import './campaign-selection.css';

/** The addresses of the messages about what is selected. The build puts them in. */
declare const SELECTION_MESSAGE_FILES: MessageFiles;

// Nothing can be drawn before the messages are there.
await loadMessages(SELECTION_MESSAGE_FILES);

interface Props {
  /** Identifies the list. Another list begins with nothing selected. */
  view: string;
  list: ShownList<CampaignRef> | undefined;
  /** Called with what the table needs, whenever it changes. */
  onChange: (selection: RowSelection) => void;
}

/** A click with Shift beside a box counts as one on the box. Firefox ignores the clicks on a label for which a key is held down. */
function clickBox(event: MouseEvent<HTMLLabelElement>): void {
  const { target, currentTarget, shiftKey } = event;
  if (!shiftKey || target === currentTarget.control) return;
  event.preventDefault();
  currentTarget.control?.dispatchEvent(new window.MouseEvent('click', { bubbles: true, cancelable: true, shiftKey }));
}

/** Which campaigns of the list are selected, and the bar with what can be done with them. */
export function CampaignSelection({ view, list, onChange }: Props) {
  const language = useLanguage();
  const { rows, selection, setSelection } = useSelection(view, list);
  const selected = rows.filter(({ id }) => selection.ids.has(id)).map(({ node }) => getFragmentData(CampaignRow, node));
  const clear = () => setSelection(() => NOTHING_SELECTED);
  const actions = useManyActions(selected, (ids) => setSelection((now) => deselectRows(now, ids)));
  const bar = useRef<HTMLDivElement>(null);
  useFocusAfterwards(
    bar,
    rows.findIndex(({ id }) => selection.ids.has(id)),
  );

  useLayoutEffect(() => {
    const isSelected = ({ id }: CampaignRowFragment) => selection.ids.has(id);
    onChange({
      boxOf: (campaign) => (
        <label className="selection-box" onClick={clickBox}>
          <input
            type="checkbox"
            aria-label={t('selection.one', { name: withSigns(campaign.name) })}
            checked={isSelected(campaign)}
            onChange={({ target, nativeEvent }) => {
              // Safari does not focus a clicked box. The keys for selecting begin at the row with the focus.
              target.focus({ preventScroll: true });
              const select = 'shiftKey' in nativeEvent && nativeEvent.shiftKey ? extendRange : toggleRow;
              setSelection((now) => select(now, rows, campaign.id));
            }}
          />
          <span className="selection-tint" />
        </label>
      ),
      boxOfAll: (
        <label className="selection-box">
          <input
            type="checkbox"
            aria-label={t('selection.all')}
            checked={selected.length > 0 && selected.length === Math.min(rows.length, MAX_SELECTED)}
            ref={(box) => {
              if (box) box.indeterminate = selected.length > 0 && selected.length < rows.length;
            }}
            onChange={({ target }) =>
              setSelection((now) => (target.checked ? selectRows(now, rows) : NOTHING_SELECTED))
            }
          />
        </label>
      ),
      onKeyDown(event) {
        const change = list && changeByKey(event, list);
        if (change) setSelection(change);
      },
      entriesFor: (campaign) =>
        selected.length > 1 && isSelected(campaign) ? actions.entriesFor(selected, true) : undefined,
    });
    // The other values that the effect uses change only together with these.
  }, [rows, selection, language, onChange]);

  return (
    <>
      <SelectionBar
        ref={bar}
        count={selected.length}
        total={list?.totalCount ?? 0}
        entries={actions.entriesFor(selected, false)}
        busy={actions.busy}
        onAll={() => setSelection((now) => selectRows(now, rows))}
        onClear={clear}
      />
      {actions.dialog}
    </>
  );
}

const NO_ROWS: ShownList<CampaignRef>['rows'] = [];

function useSelection(view: string, list: ShownList<CampaignRef> | undefined) {
  const [selection, setSelection] = useState(NOTHING_SELECTED);
  const [shown, setShown] = useState(view);
  if (shown !== view) {
    setShown(view);
    setSelection(NOTHING_SELECTED);
  }
  return { rows: list?.rows ?? NO_ROWS, selection, setSelection };
}

/** Returns how a key changes the selection while the focus is on a row, or undefined if the key does not change it. */
function changeByKey(event: KeyboardEvent, { rows, hasNextPage, hasPreviousPage }: ShownList<CampaignRef>) {
  const control = event.target instanceof HTMLElement ? event.target : undefined;
  const index = Number(control?.closest<HTMLElement>('[data-index]')?.dataset['index']);
  const row = rows[index];
  if (!control || !row) return undefined;
  const { key } = event;
  if (key === 'Escape') return () => NOTHING_SELECTED;
  if (isShortcut(event, 'a')) {
    event.preventDefault();
    return (now: Selection) => selectRows(now, rows);
  }
  // Only on links, because on a button or a checkbox the space bar presses the control itself.
  if (key === ' ' && control.tagName === 'A') {
    event.preventDefault();
    return (now: Selection) => (event.shiftKey ? extendRange : toggleRow)(now, rows, row.id);
  }
  // The first and the last row that are loaded need not be the ends of the list. Then the focus stays, too.
  if ((key === 'Home' && hasPreviousPage) || (key === 'End' && hasNextPage)) return undefined;
  const next = event.shiftKey ? rows[nextIndex(key, index, rows.length) ?? index] : row;
  return next && next !== row ? (now: Selection) => extendRangeFrom(now, rows, row.id, next.id) : undefined;
}

/**
 * When the pressed button of the bar disappears, perhaps together with rows, the focus moves to the row that is now at the place of the
 * first selected row.
 */
function useFocusAfterwards(bar: RefObject<HTMLElement | null>, index: number): void {
  const place = useRef(0);
  useEffect(() => {
    if (index >= 0) place.current = index;
  }, [index]);
  useLostFocus(({ around }) => {
    if (!around.some((element) => element === bar.current)) return;
    const rows = [...document.querySelectorAll<HTMLElement>('[data-index]')];
    const row = rows.find(({ dataset }) => Number(dataset['index']) >= place.current) ?? rows.at(-1);
    row?.querySelector('input')?.focus();
  });
}
