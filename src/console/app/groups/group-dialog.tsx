import { useRef, useState } from 'react';
import { Link } from 'wouter';
import { conflictOf } from '../api/conflict-of.ts';
import { entryKept } from '../api/entry-kept.ts';
import { fieldErrors, type FieldErrors } from '../api/input-error.ts';
import { changedByOthers } from '../changes/changed-by-others.ts';
import { ConflictChoice } from '../changes/conflict.tsx';
import { getFragmentData } from '../generated/index.ts';
import type { GroupRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { useDraft, useTakenDraft } from '../session/drafts.ts';
import { FormDialog } from '../ui/form-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { NameInput } from '../ui/name-input.tsx';
import { useNotify } from '../ui/notices.tsx';
import { Name } from '../ui/name.tsx';
import { useCreateGroup, useRenameGroup } from './group-changes.ts';
import { GroupRow } from './group-row.ts';
import { useGroupDetails } from './use-group-details.ts';

interface Props {
  /** The group to rename; undefined to create one. */
  group: GroupRowFragment | undefined;
  onClose: () => void;
}

export function GroupDialog({ group, onClose }: Props) {
  const notify = useNotify();
  const create = useCreateGroup();
  const rename = useRenameGroup();
  /** The version of the group that the user knows and is editing. */
  const [known, setKnown] = useState(group);
  const draft = useTakenDraft<{ name: string }>('group', group);
  const [name, setName] = useState(draft?.name ?? group?.name ?? '');
  const [errors, setErrors] = useState<FieldErrors>({});
  const question = useRef<HTMLDivElement>(null);
  const nameInput = useRef<HTMLInputElement>(null);
  const busy = create.isPending || rename.isPending;
  const typed = name !== (known?.name ?? '');
  useDraft(typed ? { form: 'group', subject: known, values: { name } } : undefined);

  const latest = getFragmentData(GroupRow, useGroupDetails(group?.uuid).data);
  const theirs = changedByOthers(known, latest, busy);
  // Undefined means that the server has not answered yet.
  const isDeleted = latest === null;

  const take = (now: GroupRowFragment) => {
    setKnown(now);
    setName(now.name);
    setErrors({});
  };
  const answer = (apply: () => void) => {
    apply();
    // The question disappears, and with it the button that has the focus.
    nameInput.current?.focus();
  };
  // If the user has typed nothing, the new name replaces the old one. Changes of other fields than the name are no conflict.
  if (theirs && !typed) take(theirs);
  else if (theirs && theirs.name === known?.name) setKnown(theirs);

  const save = async ({ uuid, revision, name: knownName }: GroupRowFragment): ReturnType<typeof rename.mutateAsync> => {
    const payload = await rename.mutateAsync({ uuid, name, expectedRevision: revision });
    const newer = getFragmentData(GroupRow, conflictOf(payload?.userErrors ?? []));
    // Changes of other fields than the name are no conflict.
    return newer?.name === knownName ? save(newer) : payload;
  };

  const submit = async () => {
    if (theirs) return question.current?.focus();
    // Nothing is to be saved, and no notice may say that something was. After an error something may have been saved before.
    if (known && !typed && !isDeleted && !rename.isError) return onClose();
    try {
      let shownName = <Name text={name.trim()} />;
      if (known) {
        const payload = await save(known);
        // The cache now has the present group, so the dialog asks the conflict question.
        if (conflictOf(payload?.userErrors ?? [])) return;
        if (!payload?.group) return setErrors(fieldErrors('group', payload?.userErrors ?? [], ['name']));
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
      busy={busy}
      unsaved={typed}
      onClose={onClose}
      error={errors[''] ?? (isDeleted ? t('userError.groupNotFound') : undefined)}
      submitLabel={t(group ? 'action.save' : 'action.create')}
      question={
        theirs && (
          <ConflictChoice
            ref={question}
            theirs={theirs}
            values={[{ label: t('field.name'), value: theirs.name }]}
            onKeep={() => answer(() => setKnown(theirs))}
            onTake={() => answer(() => take(theirs))}
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
          setErrors({});
        }}
        error={errors['name']}
      />
    </FormDialog>
  );
}
