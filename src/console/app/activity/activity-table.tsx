import { Link } from 'wouter';
import { ChangeEntry } from '../changes/change-entry.ts';
import { ChangeSentences } from '../changes/change-sentences.tsx';
import { getFragmentData } from '../generated/index.ts';
import type { ActivityRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { ListTable } from '../list/list-table.tsx';
import type { ShownList } from '../list/loaded-list.ts';
import type { LoadedListControl } from '../list/use-loaded-list.ts';
import { Name } from '../ui/name.tsx';
import { formatTimestamp, Timestamp } from '../ui/timestamp.tsx';
import { ActivityRow, type ActivityRef } from './use-activity.ts';
import './activity-table.css';

interface Props {
  name: string;
  list: ShownList<ActivityRef>;
  control: LoadedListControl<ActivityRef>;
  onReadFrom: (end: 'start' | 'end') => void;
}

/** The changes, grouped by day: the day is shown above the first change of each day. */
export function ActivityTable({ name, list, control, onReadFrom }: Props) {
  return (
    <ListTable
      label={t('page.activity')}
      name={name}
      columns="activity-columns"
      list={list}
      control={control}
      onReadFrom={onReadFrom}
      header={
        <>
          <span role="columnheader">{t('activity.time')}</span>
          <span role="columnheader">{t('activity.change')}</span>
          <span role="columnheader">{t('activity.subject')}</span>
        </>
      }
      row={(ref, previous) => {
        const change = getFragmentData(ActivityRow, ref);
        const above = getFragmentData(ActivityRow, previous);
        return (
          <>
            <span role="cell" className="activity-time">
              {(!above || dayOf(above) !== dayOf(change)) && (
                <span className="activity-day">
                  <Timestamp iso={change.at} show="weekday" />
                </span>
              )}
              <Timestamp iso={change.at} show="clock" />
            </span>
            <div role="cell" className="activity-change">
              <ChangeSentences change={getFragmentData(ChangeEntry, change)} />
            </div>
            <span role="cell" className="activity-subject">
              <Subject change={change} />
            </span>
          </>
        );
      }}
    />
  );
}

/** The day in the user's time zone. */
function dayOf({ at }: ActivityRowFragment): string {
  return formatTimestamp(at, 'day');
}

/** A link to the changed object, with its present name; a dash if the object no longer exists. */
function Subject({ change: { subject, subjectType } }: { change: ActivityRowFragment }) {
  if (!subject) {
    return (
      <span className="activity-gone" title={t('activity.gone')}>
        –
      </span>
    );
  }
  if ('email' in subject) return <SubjectLink href="/people" name={subject.email} />;
  if ('tokenName' in subject) return <SubjectLink href="/people/tokens" name={subject.tokenName} />;
  const list = subjectType === 'CAMPAIGN' ? 'campaigns' : 'groups';
  return <SubjectLink href={`/${list}/${subject.uuid}`} name={subject.name} />;
}

function SubjectLink({ href, name }: { href: string; name: string }) {
  return (
    <Link href={href}>
      <Name text={name} />
    </Link>
  );
}
