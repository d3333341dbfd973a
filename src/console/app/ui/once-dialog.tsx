import { useState, type ComponentProps, type ReactNode } from 'react';
import { t } from '../language/language.ts';
import { Button } from './button.tsx';
import { Dialog, type LossQuestion } from './dialog.tsx';
import { OnceField } from './once-field.tsx';

const NOT_COPIED: LossQuestion = {
  title: 'once.title',
  text: 'once.text',
  keep: 'once.keep',
  discard: 'once.discard',
};

interface Props extends Omit<ComponentProps<typeof OnceField>, 'onCopied'> {
  title: string;
  /** What the text is for. */
  children: ReactNode;
  onClose: () => void;
}

/** Shows a text that the server does not show again. Before the text was copied, only the button at the end closes without a question. */
export function OnceDialog({ title, children, onClose, ...field }: Props) {
  const [copied, setCopied] = useState(false);
  return (
    <Dialog title={title} busy={false} onClose={onClose} unsaved={!copied} lossQuestion={NOT_COPIED}>
      <div className="dialog-body">
        <p>{children}</p>
        <OnceField {...field} onCopied={() => setCopied(true)} />
      </div>
      <footer className="dialog-foot">
        <Button variant="primary" onPress={onClose}>
          {t('action.close')}
        </Button>
      </footer>
    </Dialog>
  );
}
