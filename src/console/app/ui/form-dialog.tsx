import type { ComponentProps, FormEvent, ReactNode } from 'react';
import { t } from '../language/language.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { useErrorFocus } from './use-error-focus.ts';

interface Props extends Omit<ComponentProps<typeof Dialog>, 'role'> {
  /** What is wrong with the form as a whole; undefined if nothing is. */
  error?: string | undefined;
  /** What the user has to decide before the form can be sent. */
  question?: ReactNode;
  /** The text of the button: the name of the action, not "OK". */
  submitLabel: string;
  /** Not called while busy. */
  onSubmit: () => Promise<void> | void;
}

/** Asks the user to fill in a form, whose fields are the children. */
export function FormDialog({ children, error, question, submitLabel, onSubmit, ...dialog }: Props) {
  const { busy, onClose } = dialog;
  const { form, onAnswer } = useErrorFocus();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    await onSubmit();
    // The question comes before the errors: the form cannot be sent without an answer.
    if (!question) onAnswer();
  };
  return (
    <Dialog {...dialog}>
      <form ref={form} onSubmit={(event) => void submit(event)} noValidate>
        <div className="dialog-body">
          {children}
          <div role="alert">{error !== undefined && <p className="dialog-error">{error}</p>}</div>
          {question}
        </div>
        <footer className="dialog-foot">
          <Button onPress={onClose} isDisabled={busy}>
            {t('action.cancel')}
          </Button>
          <Button variant="primary" type="submit" busy={busy}>
            {submitLabel}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
