import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { t } from '../language/language.ts';
import { Button } from './button.tsx';
import { CloseIcon } from './icon.tsx';
import { isTyping } from './is-typing.ts';
import { isShortcut } from './shortcut.ts';
import { useMeasured, type Measure } from './use-measured.ts';
import { useWindowKeydown } from './use-window-keydown.ts';
import './notices.css';

/** A short message about what has happened. */
interface Notice {
  text: ReactNode;
  tone?: 'success' | 'error';
  /**
   * Undoes it. There is a button for it, and Ctrl-Z, because the keyboard takes long to reach the button. Resolves with false if the
   * request failed, and another notice says so. Then this notice comes back, so that the user can try again.
   */
  undo?: (() => Promise<boolean>) | undefined;
}

interface ShownNotice extends Notice {
  id: number;
}

let lastId = 0;

/** Returns a function that removes the notice again. */
type Notify = (notice: Notice) => () => void;

const NoticesContext = createContext<Notify>(() => () => {});

export function useNotify(): Notify {
  return useContext(NoticesContext);
}

/** Long enough to read the text. The time stops while the pointer or the focus is on the notice. */
const SHOWN_MS = 10_000;

/** How many actions can be undone, the newest first. */
const MAX_UNDOS = 10;

/**
 * Shows the newest notice without an undo, and below it the newest one with an undo: more would hide the list behind them on a phone.
 * A notice with an undo stays until the user dismisses it, because some users need long to reach its button (WCAG 2.2.1). After an undo,
 * the action before it can be undone.
 */
export function NoticesProvider({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<readonly ShownNotice[]>([]);
  const remove = (gone: ShownNotice) => setNotices((now) => now.filter(({ id }) => id !== gone.id));
  const notify = useCallback<Notify>((notice) => {
    const shown = { ...notice, id: (lastId += 1) };
    setNotices((now) => [...now.filter(({ undo }) => undo).slice(-MAX_UNDOS), shown]);
    return () => remove(shown);
  }, []);
  /** The last undo that is running or waits for its turn. Resolves with whether it succeeded. */
  const lastUndo = useRef<Promise<boolean>>(undefined);
  /**
   * Undos run one after another, because an undo may need what the one before it has restored. If one fails, those that wait for it do not
   * run either: their notices come back too, so that the user can try again in the same order.
   */
  const run = async (notice: ShownNotice, undo: () => Promise<boolean>) => {
    remove(notice);
    const undone = (lastUndo.current ?? Promise.resolve(true)).then((goesOn) => goesOn && undo());
    lastUndo.current = undone;
    const isDone = await undone;
    if (lastUndo.current === undone) lastUndo.current = undefined;
    if (!isDone) setNotices((now) => [...now, notice].sort((a, b) => a.id - b.id));
  };
  const newestFirst = [...notices].reverse();
  const shown = [newestFirst.find(({ undo }) => !undo), newestFirst.find(({ undo }) => undo)];
  return (
    <NoticesContext value={notify}>
      {children}
      {/* The attribute keeps the notices usable, also for screen readers, while a modal dialog of the component library is open. */}
      <div className="notices" role="region" aria-label={t('notice.all')} data-react-aria-top-layer>
        <div role="status">
          {shown.map(
            (notice) =>
              notice && (
                <NoticeCard
                  key={notice.id}
                  notice={notice}
                  onUndo={(undo) => void run(notice, undo)}
                  onDismiss={() =>
                    setNotices((now) => now.filter(({ undo }) => Boolean(undo) !== Boolean(notice.undo)))
                  }
                />
              ),
          )}
        </div>
      </div>
    </NoticesContext>
  );
}

interface CardProps {
  notice: Notice;
  onUndo: (undo: () => Promise<boolean>) => void;
  /** Removes the notice, and the earlier ones that it hides. */
  onDismiss: () => void;
}

/** How high the notice with the undo is. */
const UNDO_HEIGHT: Measure = { property: '--undo-height', of: (notice) => notice.offsetHeight };

function NoticeCard({ notice, onUndo, onDismiss }: CardProps) {
  const card = useRef<HTMLDivElement>(null);
  useMeasured(card, UNDO_HEIGHT, notice.undo !== undefined);
  /** The element that had the focus before it came to the notice. */
  const before = useRef<HTMLElement>(undefined);
  const isHovered = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hold = () => clearTimeout(timer.current);
  const release = () => {
    hold();
    if (!notice.undo) timer.current = setTimeout(onDismiss, SHOWN_MS);
  };
  const start = useEffectEvent(release);
  useEffect(() => {
    start();
    return hold;
  }, []);
  const giveFocusBack = () => {
    if (card.current?.contains(document.activeElement)) before.current?.focus({ preventScroll: true });
  };
  const dismiss = () => {
    giveFocusBack();
    onDismiss();
  };
  const undo = () => {
    giveFocusBack();
    if (notice.undo) onUndo(notice.undo);
  };
  useWindowKeydown((event) => {
    // In a text field the keys undo what was typed, and in a dialog the user does not see what they would undo. Keys that are held down
    // undo one action only.
    if (notice.undo && !event.repeat && isShortcut(event, 'z') && !isTyping(event.target)) undo();
  });
  return (
    <div
      className={`notice notice-${notice.undo ? 'undo' : (notice.tone ?? 'success')}`}
      ref={card}
      onPointerEnter={() => {
        isHovered.current = true;
        hold();
      }}
      onPointerLeave={({ currentTarget }) => {
        isHovered.current = false;
        if (!currentTarget.contains(document.activeElement)) release();
      }}
      onFocus={({ currentTarget, relatedTarget }) => {
        hold();
        if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget))
          before.current = relatedTarget;
      }}
      onBlur={() => {
        if (!isHovered.current) release();
      }}
    >
      <p>{notice.text}</p>
      {notice.undo && (
        <Button variant="quiet" onPress={undo}>
          {t('action.undo')}
        </Button>
      )}
      <Button variant="quiet" aria-label={t('notice.dismiss')} onPress={dismiss}>
        <CloseIcon />
      </Button>
    </div>
  );
}
