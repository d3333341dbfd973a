import { skipToken, useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import { useExecute } from '../api/api-context.ts';
import { graphql } from '../generated/index.ts';
import { t } from '../language/language.ts';
import { Button } from '../ui/button.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { Who } from './who.tsx';
import './conflict.css';

const LastAuthor = graphql(`
  query LastAuthor($uuid: UUID!) {
    changes(last: 1, filter: { uuids: [$uuid] }) {
      nodes {
        actor {
          email
        }
      }
    }
  }
`);

/** A value that somebody else has given meanwhile. */
export interface TheirValue {
  label: string;
  value: ReactNode;
}

interface Props {
  /** The campaign or group as somebody else has left it. Undefined for an object that has no history: then nobody is named. */
  theirs: { uuid: string; revision: number } | undefined;
  values: TheirValue[];
  /** `typed`: the person was typing. `looked`: the person only looked at it. */
  while: 'typed' | 'looked';
}

/** Says who has changed an object meanwhile, and what it is now. */
export function Conflict({ theirs, values, while: when }: Props) {
  const execute = useExecute();
  const author = useQuery({
    queryKey: ['last-author', theirs?.uuid, theirs?.revision],
    queryFn: theirs
      ? async ({ signal }) =>
          (await execute(LastAuthor, { uuid: theirs.uuid }, signal)).changes.nodes[0]?.actor?.email ?? null
      : skipToken,
    staleTime: Infinity,
  });
  // While the name is loading, or if it cannot be loaded, the sentence names nobody.
  const who = author.data ? <Who email={author.data} /> : t('conflict.somebody');
  return (
    <>
      <p>
        <Message id={when === 'typed' ? 'conflict.whileTyping' : 'conflict.whileLooking'} values={{ who }} />
      </p>
      <dl className="conflict-values">
        {values.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{typeof value === 'string' ? <Name className="strong" text={value} /> : value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

interface ChoiceProps extends Omit<Props, 'while'> {
  /** The question's element, which a form focuses when it is submitted without an answer. */
  ref: RefObject<HTMLDivElement | null>;
  onKeep: () => void;
  onTake: () => void;
}

/**
 * Asks what to do with a text that was typed while somebody else has changed the same object. When it disappears by itself, because nothing
 * differs any more, the focus goes back to where it was before it came here.
 */
export function ConflictChoice({ ref, onKeep, onTake, ...conflict }: ChoiceProps) {
  const before = useRef<EventTarget>(null);
  useLayoutEffect(() => {
    const question = ref.current;
    return () => {
      if (question?.contains(document.activeElement) && before.current instanceof HTMLElement) before.current.focus();
    };
  }, [ref]);
  return (
    <div
      className="conflict"
      role="alert"
      ref={ref}
      tabIndex={-1}
      onFocus={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) before.current = relatedTarget;
      }}
    >
      <Conflict {...conflict} while="typed" />
      <p className="conflict-actions">
        <Button onPress={onKeep}>{t('conflict.keep')}</Button>
        <Button onPress={onTake}>{t('conflict.take')}</Button>
      </p>
    </div>
  );
}
