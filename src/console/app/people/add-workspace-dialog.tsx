import './people-messages.ts';
import { t } from '../language/language.ts';
import type { Account } from '../session/use-session.ts';
import { useTokenCheck } from '../session/use-token-check.ts';
import { FormDialog } from '../ui/form-dialog.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { useOnlyOne } from '../ui/use-only-one.ts';

interface Props extends Pick<Account, 'switchTo'> {
  onClose: () => void;
}

/** Asks for the token of another workspace, and switches to it. The present token is kept, so that the user can switch back. */
export function AddWorkspaceDialog({ switchTo, onClose }: Props) {
  useOnlyOne('workspace', onClose);
  const { busy, check, input } = useTokenCheck((token) => {
    switchTo(token);
    onClose();
  });
  return (
    <FormDialog
      title={t('people.addWorkspace')}
      busy={busy}
      onClose={onClose}
      submitLabel={t('people.addWorkspaceConfirm')}
      onSubmit={check}
    >
      <p>{t('people.addWorkspaceHint')}</p>
      <TextInput label={t('signIn.token')} type="password" {...input} autoComplete="off" spellCheck="false" autoFocus />
    </FormDialog>
  );
}
