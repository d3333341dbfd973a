import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link } from 'wouter';
import { conflictOf } from '../api/conflict-of.ts';
import { entryKept } from '../api/entry-kept.ts';
import { describeNameLength, fieldErrors, type FieldErrors } from '../api/input-error.ts';
import { useConflict } from '../changes/use-conflict.tsx';
import { getFragmentData } from '../generated/index.ts';
import type { CampaignRowFragment } from '../generated/graphql.ts';
import { GroupPicker } from '../groups/group-picker.tsx';
import { useGroup, type GroupOption } from '../groups/use-group-options.ts';
import { t } from '../language/language.ts';
import { useDraft, useTakenDraft } from '../session/drafts.ts';
import { FormDialog } from '../ui/form-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { NameInput } from '../ui/name-input.tsx';
import { useNotify } from '../ui/notices.tsx';
import { Name } from '../ui/name.tsx';
import { useOnlyOne } from '../ui/use-only-one.ts';
import { useCreateCampaign, useUpdateCampaign } from './campaign-changes.ts';
import { theirValues } from './campaign-conflict.ts';
import { CampaignRow } from './campaign-row.ts';
import { afterOwnChanges } from './own-changes.ts';
import { useCampaign } from './use-campaign.ts';

interface Props {
  /** The campaign to edit; undefined to create one. */
  campaign: CampaignRowFragment | undefined;
  /** The group to suggest for a new campaign, if the list is filtered by a group. */
  groupUuid: string | undefined;
  onClose: () => void;
}

export function CampaignDialog({ campaign, groupUuid, onClose }: Props) {
  useOnlyOne(`campaign ${campaign?.uuid}`, onClose);
  const notify = useNotify();
  const queryClient = useQueryClient();
  const create = useCreateCampaign();
  const update = useUpdateCampaign();
  const suggested = useGroup(groupUuid).data ?? undefined;
  /** The version of the campaign that the user knows and is editing. */
  const [known, setKnown] = useState(campaign);
  const draft = useTakenDraft<{ name: string; group: GroupOption }>('campaign', campaign);
  const [name, setName] = useState(draft?.name ?? campaign?.name ?? '');
  const [chosen, setGroup] = useState<GroupOption | undefined>(draft?.group ?? campaign?.group);
  const [errors, setErrors] = useState<FieldErrors>({});
  const group = chosen ?? suggested;
  const nameInput = useRef<HTMLInputElement>(null);
  const busy = create.isPending || update.isPending;
  const nameTyped = name !== (known?.name ?? '');
  const groupChosen = chosen?.uuid !== known?.group.uuid;
  const typed = nameTyped || groupChosen;
  useDraft(typed ? { form: 'campaign', subject: known, values: { name, group } } : undefined);

  const latest = getFragmentData(CampaignRow, useCampaign(campaign?.uuid).data);
  // Undefined means that the server has not answered yet.
  const isDeleted = latest === null;
  const take = (version: CampaignRowFragment, fields: 'all' | 'untouched') => {
    if (fields === 'all' || !nameTyped) setName(version.name);
    if (fields === 'all' || !groupChosen) setGroup(version.group);
    setErrors({});
  };
  // What the user has changed elsewhere since, such as by an undo, is no change of others.
  const own = known && afterOwnChanges(queryClient, known);
  if (own && own !== known && !busy) {
    setKnown(own);
    take(own, 'untouched');
  }
  const conflict = useConflict({
    known: own,
    setKnown,
    latest,
    busy,
    typed,
    isRecorded: true,
    differences: (mine, theirs) => theirValues(mine, theirs, { name: name.trim(), group }),
    take,
    onAnswer: () => nameInput.current?.focus(),
  });

  const submit = async () => {
    if (conflict.question) return conflict.focusQuestion();
    // Nothing is to be saved, and no notice may say that something was. After an error something may have been saved before.
    if (known && !typed && !isDeleted && !update.isError) return onClose();
    // The request needs a group. A name that is missing or too long is marked at the same time. The server checks the rest.
    if (!group) return setErrors({ group: t('campaign.groupMissing'), name: describeNameLength(name) });
    try {
      const input = { name, group: { uuid: group.uuid } };
      let shownName = <Name text={name.trim()} />;
      if (known) {
        const payload = await conflict.save(
          known,
          (version) => update.mutateAsync({ campaign: version, ...changes(version, input) }),
          (refused) => getFragmentData(CampaignRow, conflictOf(refused?.userErrors ?? [])),
        );
        if (!payload) return;
        if (!payload.campaign) return setErrors(formErrors(payload.userErrors));
      } else {
        const payload = await create.mutateAsync(input);
        if (!payload?.campaign) return setErrors(formErrors(payload?.userErrors));
        shownName = <Link href={`/campaigns/${getFragmentData(CampaignRow, payload.campaign).uuid}`}>{shownName}</Link>;
      }
      onClose();
      const id = campaign ? 'campaign.saved' : 'campaign.created';
      notify({ text: <Message id={id} values={{ name: shownName }} /> });
    } catch (error) {
      setErrors(entryKept(error));
    }
  };

  const clearError = (field: string) => setErrors((now) => ({ ...now, [field]: undefined, '': undefined }));

  return (
    <FormDialog
      title={t(campaign ? 'campaign.edit' : 'campaign.new')}
      busy={busy || conflict.isSaving}
      unsaved={typed}
      onClose={onClose}
      error={errors[''] ?? (isDeleted ? t('userError.campaignNotFound') : undefined)}
      submitLabel={t(campaign ? 'action.save' : 'action.create')}
      question={conflict.question}
      onSubmit={submit}
    >
      <NameInput
        ref={nameInput}
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
    </FormDialog>
  );
}

function formErrors(userErrors: Parameters<typeof fieldErrors>[1] = []): FieldErrors {
  return fieldErrors('campaign', userErrors, ['name', 'group']);
}

/** Only the fields that the user has changed, so that the update leaves the other fields as they are. */
function changes(campaign: CampaignRowFragment, input: { name: string; group: { uuid: string } }) {
  return {
    ...(input.name !== campaign.name && { name: input.name }),
    ...(input.group.uuid !== campaign.group.uuid && { group: input.group }),
  };
}
