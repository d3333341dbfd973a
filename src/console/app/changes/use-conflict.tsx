import { useRef, useState } from 'react';
import { changedByOthers } from './changed-by-others.ts';
import { ConflictChoice, type TheirValue } from './conflict.tsx';

interface EditedVersion {
  uuid: string;
  revision: number;
}

interface Options<Version> {
  /** The version that the user knows and is editing. Undefined if the form creates an object. */
  known: Version | undefined;
  setKnown: (version: Version) => void;
  /** The object as the server last showed it. */
  latest: Version | null | undefined;
  /** Whether a request of the form is under way. */
  busy: boolean;
  /** Whether the user has changed anything. */
  typed: boolean;
  /** Whether the changes of the object are recorded. Then the question says who has changed it. */
  isRecorded: boolean;
  /** What the user is to be asked about: the values of `theirs` that the user neither knows nor has entered. */
  differences: (known: Version, theirs: Version) => TheirValue[];
  /** Puts their values into the form: all of them, or those of the fields that the user has not changed. */
  take: (theirs: Version, fields: 'all' | 'untouched') => void;
  /** Called when the question is answered. It disappears then, and with it the button that has the focus. */
  onAnswer: () => void;
}

/**
 * Notices that somebody else has changed the object that a form edits. If the user has typed nothing, the form takes their values. If they
 * have changed something that the user has not entered as well, `question` asks whose values the form is to have.
 */
export function useConflict<Version extends EditedVersion>({
  known,
  setKnown,
  latest,
  busy,
  typed,
  isRecorded,
  differences,
  take,
  onAnswer,
}: Options<Version>) {
  const element = useRef<HTMLDivElement>(null);
  const [isSaving, setSaving] = useState(false);
  const theirs = changedByOthers(known, latest, busy || isSaving);
  const values = known && theirs ? differences(known, theirs) : [];
  if (theirs && !typed) {
    setKnown(theirs);
    take(theirs, 'all');
  } else if (theirs && values.length === 0) setKnown(theirs);

  const answer = (version: Version, fields: 'all' | 'untouched') => {
    setKnown(version);
    take(version, fields);
    onAnswer();
  };

  const save = async <Payload,>(
    version: Version,
    send: (version: Version) => Promise<Payload>,
    newerIn: NewerIn<Version, Payload>,
  ): Promise<Payload | undefined> => {
    setSaving(true);
    try {
      return await saveOver(version, send, newerIn, differences);
    } finally {
      setSaving(false);
    }
  };

  return {
    question: theirs && (
      <ConflictChoice
        ref={element}
        theirs={isRecorded ? theirs : undefined}
        values={values}
        onKeep={() => answer(theirs, 'untouched')}
        onTake={() => answer(theirs, 'all')}
      />
    ),
    focusQuestion: () => element.current?.focus(),
    /** Like `saveOver`. Undefined means that `question` asks. */
    save,
    isSaving,
  };
}

/** The present version, if the change for `version` was refused because of it. */
type NewerIn<Version, Payload> = (
  payload: Payload,
  version: Version,
) => Version | undefined | Promise<Version | undefined>;

/**
 * Sends a change for the version that the user knows. If it is refused because there is a newer version that the user need not be asked
 * about, it is sent again for that one. Returns undefined if the user has to be asked.
 */
async function saveOver<Version extends EditedVersion, Payload>(
  version: Version,
  send: (version: Version) => Promise<Payload>,
  newerIn: NewerIn<Version, Payload>,
  differences: (known: Version, theirs: Version) => TheirValue[],
): Promise<Payload | undefined> {
  const payload = await send(version);
  const newer = await newerIn(payload, version);
  // A version that is older belongs to a database that was restored from a copy: then the payload says that there is a conflict.
  if (!newer || newer.revision <= version.revision) return payload;
  return differences(version, newer).length === 0 ? saveOver(newer, send, newerIn, differences) : undefined;
}
