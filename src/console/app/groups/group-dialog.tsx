import { useRef, useState } from 'react';
import { Link } from 'wouter';
import { conflictOf } from '../api/conflict-of.ts';
import { entryKept } from '../api/entry-kept.ts';
import { fieldErrors, type FieldErrors } from '../api/input-error.ts';
import { useConflict } from '../changes/use-conflict.tsx';
import { getFragmentData } from '../generated/index.ts';
import type { GroupRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { useDraft, useTakenDraft } from '../session/drafts.ts';
import { FormDialog } from '../ui/form-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { NameInput } from '../ui/name-input.tsx';
import { useNotify } from '../ui/notices.tsx';
import { Name } from '../ui/name.tsx';
import { useOnlyOne } from '../ui/use-only-one.ts';
import { useCreateGroup, useRenameGroup } from './group-changes.ts';
import { GroupRow } from './group-row.ts';
import { useGroupDetails } from './use-group-details.ts';

interface Props {
  /** The group to rename; undefined to create one. */
  group: GroupRowFragment | undefined;
  onClose: () => void;
}

export function GroupDialog({ group, onClose }: Props) {
  useOnlyOne(`group ${group?.uuid}`, onClose);
  const notify = useNotify();
  const create = useCreateGroup();
  const rename = useRenameGroup();
  /** The version of the group that the user knows and is editing. */
  const [known, setKnown] = useState(group);
  const draft = useTakenDraft<{ name: string }>('group', group);
  const [name, setName] = useState(draft?.name ?? group?.name ?? '');
  const [errors, setErrors] = useState<FieldErrors>({});
  const nameInput = useRef<HTMLInputElement>(null);
  const busy = create.isPending || rename.isPending;
  const typed = name !== (known?.name ?? '');
  useDraft(typed ? { form: 'group', subject: known, values: { name } } : undefined);

  const latest = getFragmentData(GroupRow, useGroupDetails(group?.uuid).data);
  // Undefined means that the server has not answered yet.
  const isDeleted = latest === null;
  const conflict = useConflict({
    known,
    setKnown,
    latest,
    busy,
    typed,
    isRecorded: true,
    // Changes of other fields than the name are no conflict.
    differences: (mine, theirs) =>
      [mine.name, name.trim()].includes(theirs.name) ? [] : [{ label: t('field.name'), value: theirs.name }],
    take: (theirs, fields) => {
      if (fields === 'all') setName(theirs.name);
      setErrors({});
    },
    onAnswer: () => nameInput.current?.focus(),
  });

  const submit = async () => {
    if (conflict.question) return conflict.focusQuestion();
    // Nothing is to be saved, and no notice may say that something was. After an error something may have been saved before.
    if (known && !typed && !isDeleted && !rename.isError) return onClose();
    try {
      let shownName = <Name text={name.trim()} />;
      if (known) {
        const payload = await conflict.save(
          known,
          ({ uuid, revision }) => rename.mutateAsync({ uuid, name, expectedRevision: revision }),
          (refused) => getFragmentData(GroupRow, conflictOf(refused?.userErrors ?? [])),
        );
        if (!payload) return;
        if (!payload.group) return setErrors(fieldErrors('group', payload.userErrors, ['name']));
      } else {
        const payload = await create.mutateAsync({ name });
        if (!payload?.group) return setErrors(fieldErrors('group', payload?.userErrors ?? [], ['name']));
        shownName = <Link href={`/groups/${getFragmentData(GroupRow, payload.group).uuid}`}>{shownName}</Link>;
      }
      onClose();
      notify({ text: <Message id={group ? 'group.renamed' : 'group.created'} values={{ name: shownName }} /> });
    } catch (error) {
      setErrors(entryKept(error));
    }
  };

  return (
    <FormDialog
      title={t(group ? 'group.rename' : 'group.new')}
      busy={busy || conflict.isSaving}
      unsaved={typed}
      onClose={onClose}
      error={errors[''] ?? (isDeleted ? t('userError.groupNotFound') : undefined)}
      submitLabel={t(group ? 'action.save' : 'action.create')}
      question={conflict.question}
      onSubmit={submit}
    >
      <NameInput
        ref={nameInput}
        value={name}
        onChange={(value) => {
          setName(value);
          setErrors({});
        }}
        error={errors['name']}
      />
    </FormDialog>
  );
}
