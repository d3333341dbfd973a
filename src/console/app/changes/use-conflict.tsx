import { useRef } from 'react';
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
  /** Whether a change of the form is under way. */
  busy: boolean;
  /** Whether the user has changed anything. */
  typed: boolean;
  /** Whether the changes of the object are recorded. Then the question says who has changed it. */
  isRecorded: boolean;
  /** What the user is to be asked about: the values of `theirs` that the user neither knows nor has entered. */
  differences: (known: Version, theirs: Version) => TheirValue[];
  /** Puts their values into the form: all of them, or those of the fields that the user has not changed. */
  take: (theirs: Version, fields: 'all' | 'not typed') => void;
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
  const theirs = changedByOthers(known, latest, busy);
  const values = known && theirs ? differences(known, theirs) : [];
  if (theirs && !typed) {
    setKnown(theirs);
    take(theirs, 'all');
  } else if (theirs && values.length === 0) setKnown(theirs);

  const answer = (version: Version, fields: 'all' | 'not typed') => {
    setKnown(version);
    take(version, fields);
    onAnswer();
  };

  /**
   * Sends a change for the version that the user knows. If it is refused because there is a newer version that the user need not be asked
   * about, it is sent again for that one. Returns undefined if the user has to be asked, which `question` does.
   *
   * @param newerIn The present version, if the change for `version` was refused because of it.
   */
  const save = async <Payload,>(
    version: Version,
    send: (version: Version) => Promise<Payload>,
    newerIn: (payload: Payload, version: Version) => Version | undefined | Promise<Version | undefined>,
  ): Promise<Payload | undefined> => {
    const payload = await send(version);
    const newer = await newerIn(payload, version);
    if (!newer) return payload;
    return differences(version, newer).length === 0 ? save(newer, send, newerIn) : undefined;
  };

  return {
    question: theirs && (
      <ConflictChoice
        ref={element}
        theirs={isRecorded ? theirs : undefined}
        values={values}
        onKeep={() => answer(theirs, 'not typed')}
        onTake={() => answer(theirs, 'all')}
      />
    ),
    focusQuestion: () => element.current?.focus(),
    save,
  };
}
