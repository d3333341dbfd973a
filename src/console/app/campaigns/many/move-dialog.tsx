import { useState, type FormEvent } from 'react';
import { GroupPicker } from '../../groups/group-picker.tsx';
import type { GroupOption } from '../../groups/use-group-options.ts';
import { t } from '../../language/language.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface Props {
  count: number;
  onClose: () => void;
  onMove: (group: GroupOption) => void;
}

/** Asks for the group that campaigns are moved to. */
export function MoveDialog({ count, onClose, onMove }: Props) {
  const [group, setGroup] = useState<GroupOption>();
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (group) onMove(group);
    else setMissing(true);
  };
  return (
    <Dialog title={t('selection.moveTitle', { count })} busy={false} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <div className="dialog-body">
          <GroupPicker
            placeholder={t('groupPicker.placeholder')}
            value={group}
            onChange={(chosen) => {
              setGroup(chosen);
              setMissing(false);
            }}
            error={missing ? t('campaign.groupMissing') : undefined}
          />
        </div>
        <footer className="dialog-foot">
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button variant="primary" type="submit">
            {t('selection.moveConfirm')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
