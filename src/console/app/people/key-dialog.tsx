import { t } from '../language/language.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { OnceField } from '../ui/once-field.tsx';

/** A token that has just been made. `person` is the e-mail address of another person whom it is for. */
export interface NewKey {
  key: string;
  name?: string;
  person?: string;
}

/** Shows the key of a new token, which the server does not show again. */
export function KeyDialog({ made: { key, name, person }, onClose }: { made: NewKey; onClose: () => void }) {
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
          <OnceField text={key} label="people.key" copy="people.copyKey" copied="people.copyKeyDone" />
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
