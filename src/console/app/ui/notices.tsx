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
import { isShortcut } from './shortcut.ts';
import './notices.css';

/** A short message about what has happened. */
interface Notice {
  text: ReactNode;
  tone?: 'success' | 'error';
  /** Undoes it. There is a button for it, and Ctrl-Z, because the keyboard takes long to reach the button. */
  undo?: (() => void) | undefined;
}

type Notify = (notice: Notice) => void;

const NoticesContext = createContext<Notify>(() => {});

export function useNotify(): Notify {
  return useContext(NoticesContext);
}

/** Long enough to reach the button with the keyboard. The time stops while the pointer or the focus is on the notice. */
const SHOWN_MS = 10_000;

/** Shows one notice at a time, the newest: several would hide the list behind them on a phone. */
export function NoticesProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<{ id: number; notice: Notice }>();
  const notify = useCallback<Notify>((notice) => setShown((now) => ({ id: (now?.id ?? 0) + 1, notice })), []);
  const dismiss = (id: number) => setShown((now) => (now?.id === id ? undefined : now));
  return (
    <NoticesContext value={notify}>
      {children}
      {/* The attribute keeps the notices usable, also for screen readers, while a modal dialog of the component library is open. */}
      <div className="notices" role="region" aria-label={t('notice.all')} data-react-aria-top-layer>
        <div role="status">
          {shown && <NoticeCard key={shown.id} notice={shown.notice} onDismiss={() => dismiss(shown.id)} />}
        </div>
      </div>
    </NoticesContext>
  );
}

function NoticeCard({ notice, onDismiss }: { notice: Notice; onDismiss: () => void }) {
  const card = useRef<HTMLDivElement>(null);
  /** The element that had the focus before it came to the notice. */
  const before = useRef<HTMLElement>(undefined);
  const isHovered = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hold = () => clearTimeout(timer.current);
  const release = () => {
    hold();
    timer.current = setTimeout(onDismiss, SHOWN_MS);
  };
  const start = useEffectEvent(release);
  useEffect(() => {
    start();
    return hold;
  }, []);
  const dismiss = () => {
    if (card.current?.contains(document.activeElement)) before.current?.focus({ preventScroll: true });
    onDismiss();
  };
  const undo = () => {
    notice.undo?.();
    dismiss();
  };
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    // In a text field the keys undo what was typed.
    if (notice.undo && isShortcut(event, 'z') && !(event.target as Element).matches(':read-write')) undo();
  });
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <div
      className={`notice notice-${notice.tone ?? 'success'}`}
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
