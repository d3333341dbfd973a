import { useRef } from 'react';
import { t } from '../language/language.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';

/** A token that has just been made. `person` is the e-mail address of another person whom it is for. */
export interface NewKey {
  key: string;
  name?: string;
  person?: string;
}

/** Shows the key of a new token, which the server does not show again. */
export function KeyDialog({ made: { key, name, person }, onClose }: { made: NewKey; onClose: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog title={t('people.keyTitle')} busy={false} onClose={onClose}>
      <div className="dialog-body">
        <p>
          {person === undefined ? (
            <Message id="people.keyForYou" values={{ name: <Name className="strong" text={name ?? ''} /> }} />
          ) : (
            <Message id="people.keyForOther" values={{ person: <Name className="strong" text={person} /> }} />
          )}
        </p>
        <div className="people-key">
          {/* An input, because it is reached by keyboard, and selects all of the key when it is. */}
          <input
            ref={input}
            className="field-input"
            aria-label={t('people.key')}
            dir="ltr"
            readOnly
            value={key}
            onFocus={() => input.current?.select()}
          />
          <CopyButton text={key} label="people.copyKey" done="people.copyKeyDone" />
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
