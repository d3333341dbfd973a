import { useState } from 'react';
import { GroupPicker } from '../../groups/group-picker.tsx';
import type { GroupOption } from '../../groups/use-group-options.ts';
import { t } from '../../language/language.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';

interface Props {
  count: number;
  onClose: () => void;
  onMove: (group: GroupOption) => void;
}

/** Asks for the group that campaigns are moved to. */
export function MoveDialog({ count, onClose, onMove }: Props) {
  const [group, setGroup] = useState<GroupOption>();
  const [missing, setMissing] = useState(false);
  const submit = () => {
    if (group) onMove(group);
    else setMissing(true);
  };
  return (
    <FormDialog
      title={t('selection.moveTitle', { count })}
      busy={false}
      onClose={onClose}
      submitLabel={t('selection.moveConfirm')}
      onSubmit={submit}
    >
      <GroupPicker
        placeholder={t('groupPicker.placeholder')}
        value={group}
        onChange={(chosen) => {
          setGroup(chosen);
          setMissing(false);
        }}
        error={missing ? t('campaign.groupMissing') : undefined}
        autoFocus
      />
    </FormDialog>
  );
}
