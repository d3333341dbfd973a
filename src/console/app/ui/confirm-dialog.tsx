import type { ComponentProps, ReactNode } from 'react';
import { t } from '../language/language.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

interface Props extends Pick<ComponentProps<typeof Dialog>, 'title' | 'children' | 'busy' | 'unsaved' | 'onClose'> {
  /** Why the action failed; undefined if it did not. */
  error: ReactNode;
  /** The text of the button: the name of the action, not "OK". */
  confirmLabel: string;
  onConfirm: () => void;
}

/** Asks the user to confirm an action that cannot be undone. */
export function ConfirmDialog({ children, error, confirmLabel, onConfirm, ...dialog }: Props) {
  const { busy, onClose } = dialog;
  return (
    <Dialog {...dialog} role="alertdialog">
      <div className="dialog-body">
        {children}
        <div role="alert">{error !== undefined && <p className="dialog-error">{error}</p>}</div>
      </div>
      <footer className="dialog-foot">
        <Button onPress={onClose} isDisabled={busy} autoFocus>
          {t(error === undefined ? 'action.cancel' : 'action.close')}
        </Button>
        <Button variant="danger" onPress={onConfirm} busy={busy}>
          {confirmLabel}
        </Button>
      </footer>
    </Dialog>
  );
}
