import { t } from '../language/language.ts';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { OnceDialog } from '../ui/once-dialog.tsx';

interface Props {
  name: string;
  secret: string;
  onClose: () => void;
}

/** Shows the secret of a webhook, which the server does not show again. */
export function SecretDialog({ name, secret, onClose }: Props) {
  return (
    <OnceDialog
      title={t('webhook.secretTitle')}
      text={secret}
      label="webhook.secret"
      copy="webhook.copySecret"
      copied="webhook.copySecretDone"
      onClose={onClose}
    >
      <Message id="webhook.secretOnce" values={{ name: <Name className="strong" text={name} /> }} />
    </OnceDialog>
  );
}
