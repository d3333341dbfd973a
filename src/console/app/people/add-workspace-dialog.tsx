import './people-messages.ts';
import { useState } from 'react';
import { executeAs } from '../api/execute.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import { t } from '../language/language.ts';
import { cleanToken } from '../session/clean-token.ts';
import type { Account } from '../session/use-session.ts';
import { readViewer } from '../session/viewer.tsx';
import { FormDialog } from '../ui/form-dialog.tsx';
import { TextInput } from '../ui/text-input.tsx';

interface Props extends Pick<Account, 'switchTo'> {
  onClose: () => void;
}

/** Asks for the token of another workspace, and switches to it. The present token is kept, so that the user can switch back. */
export function AddWorkspaceDialog({ switchTo, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  const submit = async () => {
    const key = cleanToken(typed);
    if (key === '') return setError(t('signIn.tokenMissing'));
    setBusy(true);
    try {
      await readViewer(executeAs(key));
      switchTo(key);
      onClose();
    } catch (thrown) {
      const details = errorDetails(thrown);
      setError(details.kind === 'forbidden' ? t('signIn.noAccess') : describeError(details));
      setBusy(false);
    }
  };

  return (
    <FormDialog
      title={t('people.addWorkspace')}
      busy={busy}
      onClose={onClose}
      submitLabel={t('people.addWorkspaceConfirm')}
      onSubmit={submit}
    >
      <p>{t('people.addWorkspaceHint')}</p>
      <TextInput
        label={t('signIn.token')}
        type="password"
        value={typed}
        onChange={(value) => {
          setTyped(value);
          setError(undefined);
        }}
        error={error}
        autoComplete="off"
        spellCheck="false"
        autoFocus
      />
    </FormDialog>
  );
}
