import { useRef, useState, type ReactNode } from 'react';
import { t } from '../language/language.ts';
import type { MessageId } from '../language/message-id.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { Dialog, type LossQuestion } from './dialog.tsx';
import './once-dialog.css';

const NOT_COPIED: LossQuestion = {
  title: 'once.title',
  text: 'once.text',
  keep: 'once.keep',
  discard: 'once.discard',
};

interface Props extends Omit<FieldProps, 'onCopied'> {
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

interface FieldProps {
  text: string;
  label: MessageId;
  copy: MessageId;
  copied: MessageId;
  /** Called when the text was copied, with the button or with the keyboard. */
  onCopied: () => void;
}

/** A text that the server shows once, to be copied. */
function OnceField({ text, label, copy, copied, onCopied }: FieldProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="once-field">
      {/* An input, because it is reached by keyboard, and selects all of the text when it is. */}
      <input
        ref={input}
        className="field-input"
        aria-label={t(label)}
        dir="ltr"
        readOnly
        value={text}
        onFocus={() => input.current?.select()}
        onCopy={onCopied}
      />
      <CopyButton text={text} label={copy} done={copied} onCopied={onCopied} />
    </div>
  );
}
