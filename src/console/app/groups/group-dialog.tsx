import { useState, type FormEvent } from 'react';
import { fieldErrors, type FieldErrors } from '../api/input-error.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import type { GroupRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Message } from '../ui/message.tsx';
import { NameInput } from '../ui/name-input.tsx';
import { useNotify } from '../ui/notices.tsx';
import { Name } from '../ui/name.tsx';
import { useCreateGroup, useRenameGroup } from './group-changes.ts';

interface Props {
  /** The group to rename; undefined to create one. */
  group: GroupRowFragment | undefined;
  onClose: () => void;
}

export function GroupDialog({ group, onClose }: Props) {
  const notify = useNotify();
  const create = useCreateGroup();
  const rename = useRenameGroup();
  const [name, setName] = useState(group?.name ?? '');
  const [errors, setErrors] = useState<FieldErrors>({});
  const busy = create.isPending || rename.isPending;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    try {
      const payload = group ? await rename.mutateAsync({ uuid: group.uuid, name }) : await create.mutateAsync({ name });
      if (!payload?.group) return setErrors(fieldErrors('group', payload?.userErrors ?? [], ['name']));
      onClose();
      const values = { name: <Name text={name.trim()} /> };
      notify({ text: <Message id={group ? 'group.renamed' : 'group.created'} values={values} /> });
    } catch (error) {
      setErrors({ '': t('error.entryKept', { message: describeError(errorDetails(error)) }) });
    }
  };

  return (
    <Dialog title={t(group ? 'group.rename' : 'group.new')} busy={busy} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <div className="dialog-body">
          <NameInput
            value={name}
            onChange={(value) => {
              setName(value);
              setErrors({});
            }}
            error={errors['name']}
          />
          <div role="alert">{errors[''] !== undefined && <p className="dialog-error">{errors['']}</p>}</div>
        </div>
        <footer className="dialog-foot">
          <Button onPress={onClose} isDisabled={busy}>
            {t('action.cancel')}
          </Button>
          <Button variant="primary" type="submit" busy={busy}>
            {t(group ? 'action.save' : 'action.create')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
