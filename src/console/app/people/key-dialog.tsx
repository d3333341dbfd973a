import { t } from '../language/language.ts';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { OnceDialog } from '../ui/once-dialog.tsx';

/** A token that has just been created. `person` is the e-mail address of its owner, if that is not the user. */
export interface NewKey {
  key: string;
  name?: string;
  person?: string;
}

/** Shows the key of a new token, which the server does not show again. */
export function KeyDialog({ made: { key, name, person }, onClose }: { made: NewKey; onClose: () => void }) {
  return (
    <OnceDialog
      title={t('people.keyTitle')}
      text={key}
      label="people.key"
      copy="people.copyKey"
      copied="people.copyKeyDone"
      onClose={onClose}
    >
      {person === undefined ? (
        <Message id="people.keyForYou" values={{ name: <Name className="strong" text={name ?? ''} /> }} />
      ) : (
        <Message id="people.keyForOther" values={{ person: <Name className="strong" text={person} /> }} />
      )}
    </OnceDialog>
  );
}
