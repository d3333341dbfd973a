import { t } from '../language/language.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { OnceField } from '../ui/once-field.tsx';

interface Props {
  name: string;
  secret: string;
  onClose: () => void;
}

/** Shows the secret of a webhook, which the server does not show again. */
export function SecretDialog({ name, secret, onClose }: Props) {
  return (
    <Dialog title={t('webhook.secretTitle')} busy={false} onClose={onClose}>
      <div className="dialog-body">
        <p>
          <Message id="webhook.secretOnce" values={{ name: <Name className="strong" text={name} /> }} />
        </p>
        <div className="webhook-secret">
          <OnceField text={secret} label="webhook.secret" copy="webhook.copySecret" copied="webhook.copySecretDone" />
        </div>
      </div>
      <footer className="dialog-foot">
        <Button variant="primary" onPress={onClose}>
          {t('action.close')}
        </Button>
      </footer>
    </Dialog>
  );
}
