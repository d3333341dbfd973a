import { useRef } from 'react';
import { t } from '../language/language.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';

interface Props {
  name: string;
  secret: string;
  onClose: () => void;
}

/** Shows the secret of a webhook, which the server does not show again. */
export function SecretDialog({ name, secret, onClose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog title={t('webhook.secretTitle')} busy={false} onClose={onClose}>
      <div className="dialog-body">
        <p>
          <Message id="webhook.secretOnce" values={{ name: <Name className="strong" text={name} /> }} />
        </p>
        <div className="webhook-secret">
          {/* An input, because it is reached by keyboard, and selects all of the secret when it is. */}
          <input
            ref={input}
            className="field-input"
            aria-label={t('webhook.secret')}
            dir="ltr"
            readOnly
            value={secret}
            onFocus={() => input.current?.select()}
          />
          <CopyButton text={secret} label="webhook.copySecret" done="webhook.copySecretDone" />
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
