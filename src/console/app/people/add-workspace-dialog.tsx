import './people-messages.ts';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { executeAs } from '../api/execute.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import { t } from '../language/language.ts';
import { clearScrollPositions } from '../list/scroll-positions.ts';
import { cleanToken } from '../session/clean-token.ts';
import type { Account } from '../session/use-session.ts';
import { readViewer, useViewer, type Viewer } from '../session/viewer.tsx';
import { keepWorkspace } from '../session/workspaces.ts';
import { FormDialog } from '../ui/form-dialog.tsx';
import { TextInput } from '../ui/text-input.tsx';

interface Props extends Pick<Account, 'token' | 'signIn'> {
  onClose: () => void;
}

/** Asks for the token of another workspace, and switches to it. The present one is kept to come back to. */
export function AddWorkspaceDialog({ token, signIn, onClose }: Props) {
  const viewer = useViewer();
  const [, navigate] = useLocation();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  const submit = async () => {
    const key = cleanToken(typed);
    if (key === '') return setError(t('signIn.tokenMissing'));
    setBusy(true);
    try {
      const other = await readViewer(executeAs(key));
      keep(token, viewer);
      keep(key, other);
      navigate('/');
      clearScrollPositions();
      signIn(key);
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

function keep(token: string, { workspace: { name }, user: { email } }: Viewer): void {
  keepWorkspace({ token, name, email });
}
