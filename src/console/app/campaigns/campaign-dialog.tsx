import { useRef, useState } from 'react';
import { Link } from 'wouter';
import { conflictOf } from '../api/conflict-of.ts';
import { entryKept } from '../api/entry-kept.ts';
import { describeNameLength, fieldErrors, type FieldErrors } from '../api/input-error.ts';
import { changedByOthers } from '../changes/changed-by-others.ts';
import { ConflictChoice } from '../changes/conflict.tsx';
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
import { useCreateCampaign, useUpdateCampaign } from './campaign-changes.ts';
import { theirValues } from './campaign-conflict.ts';
import { CampaignRow } from './campaign-row.ts';
import { useCampaign } from './use-campaign.ts';

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
  /** The version of the campaign that the user knows and is editing. */
  const [known, setKnown] = useState(campaign);
  const draft = useTakenDraft<{ name: string; group: GroupOption }>('campaign', campaign);
  const [name, setName] = useState(draft?.name ?? campaign?.name ?? '');
  const [chosen, setGroup] = useState<GroupOption | undefined>(draft?.group ?? campaign?.group);
  const [errors, setErrors] = useState<FieldErrors>({});
  const group = chosen ?? suggested;
  const question = useRef<HTMLDivElement>(null);
  const nameInput = useRef<HTMLInputElement>(null);
  const busy = create.isPending || update.isPending;
  const nameTyped = name !== (known?.name ?? '');
  const groupChosen = chosen?.uuid !== known?.group.uuid;
  const typed = nameTyped || groupChosen;
  useDraft(typed ? { form: 'campaign', subject: known, values: { name, group } } : undefined);

  const latest = getFragmentData(CampaignRow, useCampaign(campaign?.uuid).data);
  const theirs = changedByOthers(known, latest, busy);
  // Undefined means that the server has not answered yet.
  const isDeleted = latest === null;

  const take = (now: CampaignRowFragment, fields: { name: boolean; group: boolean }) => {
    setKnown(now);
    if (fields.name) setName(now.name);
    if (fields.group) setGroup(now.group);
    setErrors({});
  };
  const answer = (...taken: Parameters<typeof take>) => {
    take(...taken);
    // The question disappears, and with it the button that has the focus.
    nameInput.current?.focus();
  };
  // If the user has typed nothing, the new values replace the old ones without a question. Others may also have taken their changes back.
  if (theirs && !typed) take(theirs, { name: true, group: true });
  else if (theirs && known && theirValues(known, theirs).length === 0) setKnown(theirs);

  const save = async (
    version: CampaignRowFragment,
    input: { name: string; group: { uuid: string } },
  ): ReturnType<typeof update.mutateAsync> => {
    const expected = { uuid: version.uuid, expectedRevision: version.revision };
    const payload = await update.mutateAsync({ ...expected, ...changes(version, input) });
    const newer = getFragmentData(CampaignRow, conflictOf(payload?.userErrors ?? []));
    // Without a difference there is nothing to ask.
    return newer && theirValues(version, newer).length === 0 ? save(newer, input) : payload;
  };

  const submit = async () => {
    if (theirs) return question.current?.focus();
    // Nothing is to be saved, and no notice may say that something was. After an error something may have been saved before.
    if (known && !typed && !isDeleted && !update.isError) return onClose();
    // The request needs a group. A name that is missing or too long is marked at the same time. The server checks the rest.
    if (!group) return setErrors({ group: t('campaign.groupMissing'), name: describeNameLength(name) });
    try {
      const input = { name, group: { uuid: group.uuid } };
      let shownName = <Name text={name.trim()} />;
      if (known) {
        const payload = await save(known, input);
        // The cache now has the present campaign, so the dialog asks the conflict question.
        if (conflictOf(payload?.userErrors ?? [])) return;
        if (!payload?.campaign) return setErrors(formErrors(payload?.userErrors));
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
      busy={busy}
      unsaved={typed}
      onClose={onClose}
      error={errors[''] ?? (isDeleted ? t('userError.campaignNotFound') : undefined)}
      submitLabel={t(campaign ? 'action.save' : 'action.create')}
      question={
        theirs &&
        known && (
          <ConflictChoice
            ref={question}
            theirs={theirs}
            values={theirValues(known, theirs)}
            onKeep={() => answer(theirs, { name: !nameTyped, group: !groupChosen })}
            onTake={() => answer(theirs, { name: true, group: true })}
          />
        )
      }
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
