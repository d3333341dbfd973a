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

/** What was done, said once, with a way back where there is one. */
export interface Notice {
  text: ReactNode;
  tone?: 'done' | 'trouble';
  action?: { label: string; run: () => void };
}

type Notify = (notice: Notice) => void;

const NoticesContext = createContext<Notify>(() => {});

export function useNotify(): Notify {
  return useContext(NoticesContext);
}

/** Long enough to read, and to reach an undo with a keyboard; while it is pointed at or focused it stays. */
const SHOWN_MS = 10_000;
const AT_ONCE = 3;

export function NoticesProvider({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<{ id: number; notice: Notice }[]>([]);
  const lastId = useRef(0);
  const notify = useCallback<Notify>((notice) => {
    lastId.current += 1;
    const id = lastId.current;
    setNotices((now) => [...now, { id, notice }].slice(-AT_ONCE));
  }, []);
  const dismiss = useCallback((id: number) => setNotices((now) => now.filter((each) => each.id !== id)), []);
  const shown = useMemo(
    () => notices.map(({ id, notice }) => <NoticeCard key={id} notice={notice} onDone={() => dismiss(id)} />),
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

function NoticeCard({ notice, onDone }: { notice: Notice; onDone: () => void }) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hold = () => clearTimeout(timer.current);
  const release = () => {
    hold();
    timer.current = setTimeout(onDone, SHOWN_MS);
  };
  const start = useEffectEvent(release);
  useEffect(() => {
    start();
    return hold;
  }, []);
  return (
    <div
      className={`notice notice-${notice.tone ?? 'done'}`}
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
            onDone();
          }}
        >
          {notice.action.label}
        </Button>
      )}
      <Button variant="quiet" aria-label="Dismiss" onPress={onDone}>
        <CloseIcon />
      </Button>
    </div>
  );
}
