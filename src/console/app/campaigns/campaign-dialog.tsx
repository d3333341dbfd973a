import { useState, type FormEvent } from 'react';
import { describeMissingName, fieldErrors, type FieldErrors } from '../api/input-error.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import type { CampaignRowFragment } from '../generated/graphql.ts';
import { GroupPicker } from '../groups/group-picker.tsx';
import { useGroup, type GroupOption } from '../groups/use-group-options.ts';
import { t } from '../language/language.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Message } from '../ui/message.tsx';
import { NameInput } from '../ui/name-input.tsx';
import { useNotify } from '../ui/notices.tsx';
import { Name } from '../ui/name.tsx';
import { useCreateCampaign, useUpdateCampaign } from './campaign-changes.ts';

interface Props {
  /** The campaign to edit; undefined to create one. */
  campaign: CampaignRowFragment | undefined;
  /** The group to suggest for a new campaign, if the list is filtered by a group. */
  groupUuid: string | undefined;
  onClose: () => void;
}

export function CampaignDialog({ campaign, groupUuid, onClose }: Props) {
  const notify = useNotify();
  const create = useCreateCampaign();
  const update = useUpdateCampaign();
  const suggested = useGroup(groupUuid).data ?? undefined;
  const [name, setName] = useState(campaign?.name ?? '');
  const [chosen, setGroup] = useState<GroupOption | undefined>(campaign?.group);
  const [errors, setErrors] = useState<FieldErrors>({});
  const group = chosen ?? suggested;
  const busy = create.isPending || update.isPending;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    // The request needs a group. A name that is missing too is marked at the same time. The server checks the rest.
    if (!group) {
      return setErrors({
        group: t('campaign.groupMissing'),
        ...(name.trim() === '' && { name: describeMissingName() }),
      });
    }
    try {
      const input = { name, group: { uuid: group.uuid } };
      const payload = campaign
        ? await update.mutateAsync({ uuid: campaign.uuid, ...changes(campaign, input) })
        : await create.mutateAsync(input);
      if (!payload?.campaign) return setErrors(fieldErrors('campaign', payload?.userErrors ?? [], ['name', 'group']));
      onClose();
      const values = { name: <Name text={name.trim()} /> };
      notify({ text: <Message id={campaign ? 'campaign.saved' : 'campaign.created'} values={values} /> });
    } catch (error) {
      setErrors({ '': t('error.entryKept', { message: describeError(errorDetails(error)) }) });
    }
  };

  const clearError = (field: string) => setErrors((now) => ({ ...now, [field]: undefined, '': undefined }));

  return (
    <Dialog title={t(campaign ? 'campaign.edit' : 'campaign.new')} busy={busy} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <div className="dialog-body">
          <NameInput
            value={name}
            onChange={(value) => {
              setName(value);
              clearError('name');
            }}
            error={errors['name']}
          />
          <GroupPicker
            placeholder={t('groupPicker.placeholder')}
            value={group}
            onChange={(option) => {
              setGroup(option);
              clearError('group');
            }}
            error={errors['group']}
          />
          <div role="alert">{errors[''] !== undefined && <p className="dialog-error">{errors['']}</p>}</div>
        </div>
        <footer className="dialog-foot">
          <Button onPress={onClose} isDisabled={busy}>
            {t('action.cancel')}
          </Button>
          <Button variant="primary" type="submit" busy={busy}>
            {t(campaign ? 'action.save' : 'action.create')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

/** The changed fields only, so that fields that somebody else has changed meanwhile stay as they are. */
function changes(campaign: CampaignRowFragment, input: { name: string; group: { uuid: string } }) {
  return {
    ...(input.name !== campaign.name && { name: input.name }),
    ...(input.group.uuid !== campaign.group.uuid && { group: input.group }),
  };
}
