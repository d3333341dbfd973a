import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { Button } from './button.tsx';
import { CloseIcon } from './icon.tsx';
import './notices.css';

/** A short message about what has happened, with a button if there is something to do, such as "Undo". */
export interface Notice {
  text: ReactNode;
  tone?: 'success' | 'error';
  action?: { label: string; run: () => void };
}

type Notify = (notice: Notice) => void;

const NoticesContext = createContext<Notify>(() => {});

export function useNotify(): Notify {
  return useContext(NoticesContext);
}

/** Long enough to reach the button with the keyboard. The time stops while the pointer or the focus is on the notice. */
const SHOWN_MS = 10_000;
const MAX_NOTICES = 3;

export function NoticesProvider({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<{ id: number; notice: Notice }[]>([]);
  const lastId = useRef(0);
  const notify = useCallback<Notify>((notice) => {
    lastId.current += 1;
    const id = lastId.current;
    setNotices((now) => [...now, { id, notice }].slice(-MAX_NOTICES));
  }, []);
  const dismiss = useCallback((id: number) => setNotices((now) => now.filter((each) => each.id !== id)), []);
  const shown = useMemo(
    () => notices.map(({ id, notice }) => <NoticeCard key={id} notice={notice} onDismiss={() => dismiss(id)} />),
    [notices, dismiss],
  );
  return (
    <NoticesContext value={notify}>
      {children}
      <div className="notices" role="region" aria-label="Notices">
        <div role="status">{shown}</div>
      </div>
    </NoticesContext>
  );
}

function NoticeCard({ notice, onDismiss }: { notice: Notice; onDismiss: () => void }) {
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
  return (
    <div
      className={`notice notice-${notice.tone ?? 'success'}`}
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocus={hold}
      onBlur={release}
    >
      <p>{notice.text}</p>
      {notice.action && (
        <Button
          variant="quiet"
          onPress={() => {
            notice.action?.run();
            onDismiss();
          }}
        >
          {notice.action.label}
        </Button>
      )}
      <Button variant="quiet" aria-label="Dismiss" onPress={onDismiss}>
        <CloseIcon />
      </Button>
    </div>
  );
}
