import { useEffect, useState } from 'react';
import { forgetEntry, keepEntry, readEntry } from './entries.js';
import { DRAFT_KEY } from './token.js';
import { useViewer } from './viewer.tsx';

/** What the user has typed into a form and not saved. */
interface Draft<Subject, Values> {
  form: FormName;
  /** The object that the form changes, as the user knows it. Undefined if the form creates one. */
  subject?: Subject | undefined;
  values: Values;
}

type FormName = 'campaign' | 'group' | 'webhook' | 'invitation' | 'token';

/** Whose draft it is. Nobody else gets it, nor does the same person in another workspace. */
interface Owner {
  workspace: string;
  email: string;
}

/** The draft in the open form; in the one that was drawn last, if two are open. */
let typed: (Draft<unknown, unknown> & Owner) | undefined;

/**
 * Keeps the draft of the open form in sessionStorage, like the token, because the session has ended or its role has no access any more.
 * The form gets it back when its owner has access again. Returns false if there is none.
 */
export function keepDraft(): boolean {
  if (!typed) return false;
  keepEntry(DRAFT_KEY, JSON.stringify(typed));
  return true;
}

/** The draft that was kept of a form, for what opens the form again; undefined if there is none of this user. It does not change later. */
export function useKeptDraft<Subject, Values = unknown>(form: FormName): Draft<Subject, Values> | undefined {
  const owner = useOwner();
  const [kept] = useState(() => {
    const draft = JSON.parse(readEntry(DRAFT_KEY) ?? 'null') as (Draft<Subject, Values> & Owner) | null;
    const isOwn = draft?.form === form && draft.workspace === owner.workspace && draft.email === owner.email;
    return isOwn ? draft : undefined;
  });
  return kept;
}

/** For a form: the values that were kept of it; undefined if there are none. From then on they are in the form only. */
export function useTakenDraft<Values>(form: FormName, subject?: { uuid: string }): Partial<Values> | undefined {
  const kept = useKeptDraft<{ uuid: string }, Values>(form);
  const taken = kept?.subject?.uuid === subject?.uuid ? kept : undefined;
  useEffect(() => {
    if (taken) forgetEntry(DRAFT_KEY);
  }, [taken]);
  return taken?.values;
}

/** For a form: what is to be kept of it if the session or the access ends now. Undefined if nothing was typed. */
export function useDraft(draft: Draft<unknown, unknown> | undefined): void {
  const owner = useOwner();
  useEffect(() => {
    const own = draft && { ...draft, ...owner };
    if (own) typed = own;
    return () => {
      // Another form may be open in front of this one, or behind it.
      if (typed === own) typed = undefined;
    };
  });
}

function useOwner(): Owner {
  const { workspace, user } = useViewer();
  return { workspace: workspace.uuid, email: user.email };
}
