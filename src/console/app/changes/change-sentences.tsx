import type { ReactNode } from 'react';
import type { ChangeEntryFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { Who } from './who.tsx';

/** What a change did, as one or more whole sentences: "amina@example.org renamed it from X to Y". */
export function ChangeSentences({ change }: { change: ChangeEntryFragment }) {
  return (
    <>
      {sentencesOf(change).map((sentence, place) => (
        <p key={place}>{sentence}</p>
      ))}
      {change.origin === 'REST' && change.actor && (
        <p className="change-origin">
          <Message id="change.throughRest" values={{ token: <Name text={change.actor.token} /> }} />
        </p>
      )}
    </>
  );
}

function sentencesOf(change: ChangeEntryFragment): ReactNode[] {
  // The account does not say who it was.
  const who = change.origin === 'UPSTREAM' ? t('change.inAccount') : <Who email={change.actor?.email} />;
  const campaign = change.subjectType === 'CAMPAIGN';
  const valueOf = (side: 'before' | 'after') => (
    <Name className="strong" text={nameIn(change.fields.find(({ name }) => name === 'name')?.[side])} />
  );
  switch (change.action) {
    case 'CREATED':
      return [
        <Message
          key="created"
          id={campaign ? 'change.campaignCreated' : 'change.groupCreated'}
          values={{ who, name: valueOf('after') }}
        />,
      ];
    case 'DELETED':
      return [
        <Message
          key="deleted"
          id={campaign ? 'change.campaignDeleted' : 'change.groupDeleted'}
          values={{ who, name: valueOf('before') }}
        />,
      ];
    case 'ARCHIVED':
      return [<Message key="archived" id="change.archived" values={{ who }} />, ...fieldSentences(change, who)];
    case 'RESTORED':
      return [<Message key="restored" id="change.restored" values={{ who }} />, ...fieldSentences(change, who)];
    case 'UPDATED':
      return fieldSentences(change, who);
  }
}

/** One sentence for each field. The server computes some fields of a group: nobody is named there. */
function fieldSentences({ fields }: ChangeEntryFragment, who: ReactNode): ReactNode[] {
  // That a campaign was archived or restored is said by the action.
  return fields.filter(({ name }) => name !== 'archived').map((field) => fieldSentence(field, who));
}

function fieldSentence(field: ChangeEntryFragment['fields'][number], who: ReactNode): ReactNode {
  const before = <Name className="strong" text={nameIn(field.before)} />;
  const after = <Name className="strong" text={nameIn(field.after)} />;
  switch (field.name) {
    case 'name':
      return <Message id="change.renamed" values={{ who, before, after }} />;
    case 'group':
      return <Message id="change.moved" values={{ who, before, after }} />;
    case 'query':
      return <Message id="change.query" values={{ before, after }} />;
    case 'contactCount':
      return t('change.contactCount', { before: Number(field.before), after: Number(field.after) });
    default:
      return <Message id="change.other" values={{ who }} />;
  }
}

/** The text of a recorded value. A group was recorded with its name. */
function nameIn(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'name' in value) return nameIn(value.name);
  return typeof value === 'string' ? value : '–';
}
