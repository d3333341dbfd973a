import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

interface Props {
  title: string;
  children: ReactNode;
  /** Why it was refused, or could not be done. */
  problem: ReactNode;
  /** What the button says: the deed itself, not "OK". */
  deed: string;
  busy: boolean;
  onYes: () => void;
  onClose: () => void;
}

/** A question before what cannot be undone. */
export function Question({ title, children, problem, deed, busy, onYes, onClose }: Props) {
  return (
    <Dialog title={title} busy={busy} onClose={onClose} role="alertdialog">
      <div className="dialog-body">
        {children}
        <div role="alert">{problem !== undefined && <p className="dialog-problem">{problem}</p>}</div>
      </div>
      <footer className="dialog-foot">
        <Button onPress={onClose} isDisabled={busy} autoFocus>
          {problem === undefined ? 'Cancel' : 'Close'}
        </Button>
        <Button variant="danger" onPress={onYes} busy={busy}>
          {deed}
        </Button>
      </footer>
    </Dialog>
  );
}
