import type { ComponentProps, ReactNode } from 'react';
import { t } from '../language/language.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { OnceField } from './once-field.tsx';

interface Props extends ComponentProps<typeof OnceField> {
  title: string;
  /** What the text is for. */
  children: ReactNode;
  onClose: () => void;
}

/** Shows a text that the server does not show again. */
export function OnceDialog({ title, children, onClose, ...field }: Props) {
  return (
    <Dialog title={title} busy={false} onClose={onClose}>
      <div className="dialog-body">
        <p>{children}</p>
        <OnceField {...field} />
      </div>
      <footer className="dialog-foot">
        <Button variant="primary" onPress={onClose}>
          {t('action.close')}
        </Button>
      </footer>
    </Dialog>
  );
}
