import type { ReactNode } from 'react';
import type { ChangeEntryFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { isRole, ROLE_NAMES } from '../session/role-names.ts';
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
  // The live account does not say who made the change.
  const who = change.origin === 'UPSTREAM' ? t('change.inAccount') : <Who email={change.actor?.email} />;
  if (change.subjectType === 'MEMBER') return [memberSentence(change, who)];
  if (change.subjectType === 'API_TOKEN') return [tokenSentence(change, who)];
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

function memberSentence({ action, fields }: ChangeEntryFragment, who: ReactNode): ReactNode {
  const field = (wanted: string) => fields.find(({ name }) => name === wanted);
  const [email, role] = [field('email'), field('role')];
  switch (action) {
    case 'CREATED':
      return (
        <Message
          id="activity.memberInvited"
          values={{ who, person: <Name className="strong" text={nameIn(email?.after)} />, role: roleIn(role?.after) }}
        />
      );
    case 'DELETED':
      return (
        <Message
          id="activity.memberRemoved"
          values={{ who, person: <Name className="strong" text={nameIn(email?.before)} /> }}
        />
      );
    default:
      return (
        <Message id="activity.roleChanged" values={{ who, before: roleIn(role?.before), after: roleIn(role?.after) }} />
      );
  }
}

/** The server sends no fields for a token that the user may not see. */
function tokenSentence({ action, fields }: ChangeEntryFragment, who: ReactNode): ReactNode {
  const made = action === 'CREATED';
  const valueOf = (wanted: string) => {
    const field = fields.find(({ name }) => name === wanted);
    return <Name className="strong" text={nameIn(made ? field?.after : field?.before)} />;
  };
  if (fields.length === 0) {
    return <Message id={made ? 'activity.someTokenMade' : 'activity.someTokenRevoked'} values={{ who }} />;
  }
  return (
    <Message
      id={made ? 'activity.tokenMade' : 'activity.tokenRevoked'}
      values={{ who, name: valueOf('name'), person: valueOf('owner') }}
    />
  );
}

/** The name of a role, which is recorded in lower case. */
function roleIn(value: unknown): string {
  const role = typeof value === 'string' ? value.toUpperCase() : '';
  return isRole(role) ? t(ROLE_NAMES[role]) : nameIn(value);
}

/** One sentence for each field. Sentences about fields of a group that the server computes name nobody. */
function fieldSentences({ fields }: ChangeEntryFragment, who: ReactNode): ReactNode[] {
  // The sentence of the action already says that a campaign was archived or restored.
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
