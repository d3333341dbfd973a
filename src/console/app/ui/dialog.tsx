import { useState, type ReactNode } from 'react';
import { Dialog as AriaDialog, Heading } from 'react-aria-components';
import { t } from '../language/language.ts';
import type { MessageId } from '../language/message-id.ts';
import { Button } from './button.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import { CloseIcon } from './icon.tsx';
import { useUnsaved } from './use-unsaved.ts';

/** The texts of the question that is asked before unsaved data is lost. */
export interface LossQuestion {
  title: MessageId;
  text: MessageId;
  keep: MessageId;
  discard: MessageId;
}

const TYPED: LossQuestion = {
  title: 'unsaved.title',
  text: 'unsaved.text',
  keep: 'unsaved.goOn',
  discard: 'unsaved.discard',
};

interface Props {
  title: string;
  /**
   * True while a change is running. The dialog cannot be closed then, so that the user sees the outcome. Back still leaves the page,
   * unless something is unsaved; a notice then has to tell the outcome.
   */
  busy: boolean;
  onClose: () => void;
  /** True if something would be lost. Then Escape, the close button, a reload and Back ask before. */
  unsaved?: boolean;
  /** The default question is about typed text. */
  lossQuestion?: LossQuestion;
  role?: 'dialog' | 'alertdialog';
  children: ReactNode;
}

export function Dialog({
  title,
  busy,
  onClose,
  unsaved = false,
  lossQuestion = TYPED,
  role = 'dialog',
  children,
}: Props) {
  /** How the user has tried to leave the dialog, while the question is shown. Undefined while it is not. */
  const [asking, setAsking] = useState<'close' | 'back'>();
  const goBack = useUnsaved(unsaved, () => {
    if (busy) return;
    if (unsaved) setAsking('back');
    else onClose();
  });
  const close = () => (unsaved ? setAsking('close') : onClose());
  return (
    <DialogFrame
      onOpenChange={(open) => {
        if (!open) close();
      }}
      isKeyboardDismissDisabled={busy}
    >
      <AriaDialog className="dialog" role={role}>
        <header className="dialog-head">
          <Heading slot="title">{title}</Heading>
          <Button variant="quiet" aria-label={t('action.close')} onPress={close} isDisabled={busy}>
            <CloseIcon />
          </Button>
        </header>
        {children}
        {asking && (
          <DiscardDialog
            question={lossQuestion}
            onKeep={() => setAsking(undefined)}
            onDiscard={() => {
              if (asking === 'back') goBack();
              onClose();
            }}
          />
        )}
      </AriaDialog>
    </DialogFrame>
  );
}

interface DiscardDialogProps {
  question: LossQuestion;
  onKeep: () => void;
  onDiscard: () => void;
}

function DiscardDialog({ question, onKeep, onDiscard }: DiscardDialogProps) {
  return (
    <Dialog title={t(question.title)} busy={false} onClose={onKeep} role="alertdialog">
      <div className="dialog-body">
        <p>{t(question.text)}</p>
      </div>
      <footer className="dialog-foot">
        <Button onPress={onKeep} autoFocus>
          {t(question.keep)}
        </Button>
        <Button variant="danger" onPress={onDiscard}>
          {t(question.discard)}
        </Button>
      </footer>
    </Dialog>
  );
}
