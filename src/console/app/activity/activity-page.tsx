import { useState } from 'react';
import { loadMessages, t, type MessageFiles } from '../language/language.ts';
import { Count } from '../list/count.tsx';
import { ListLoading } from '../list/list-loading.tsx';
import { clearScrollPositions } from '../list/scroll-positions.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { EmptyState, ErrorState } from '../ui/states.tsx';
import { ActivityFilters } from './activity-filters.tsx';
import { ActivityTable } from './activity-table.tsx';
import { activityParameters, EVERYTHING, useActivityView, type ActivityView } from './activity-view.ts';
import { useActivity } from './use-activity.ts';

/** The addresses of this page's messages. The build puts them in. */
declare const ACTIVITY_MESSAGE_FILES: MessageFiles;

// No part of the page can be drawn before its messages are there.
await loadMessages(ACTIVITY_MESSAGE_FILES);

/** What everybody has done in the workspace, newest first. */
export function ActivityPage() {
  const [view, setView] = useActivityView();
  const changeView = (change: Partial<ActivityView>) => {
    clearScrollPositions();
    setReadFrom('start');
    setView(change);
  };
  const [readFrom, setReadFrom] = useState<'start' | 'end'>('start');
  const control = useActivity(view, readFrom);
  const { list, error } = control;
  const address = activityParameters(view).toString();
  const filtered = address !== '';
  return (
    <>
      <div className="page-head">
        <PageHeading title={t('page.activity')} />
        {list && (
          <p className="page-count">
            <Count control={control} typing={false}>
              {t(filtered ? 'count.found' : 'count.inAll', { count: list.totalCount })}
            </Count>
          </p>
        )}
      </div>
      <ActivityFilters view={view} onChange={changeView} />
      {list && list.rows.length > 0 ? (
        <ActivityTable
          name={`activity?${readFrom} ${address}`}
          list={list}
          control={control}
          onReadFrom={setReadFrom}
        />
      ) : list ? (
        <EmptyState title={t(filtered ? 'activity.noMatch' : 'history.none')}>
          {filtered && <Button onPress={() => changeView(EVERYTHING)}>{t('activity.clear')}</Button>}
        </EmptyState>
      ) : error ? (
        <ErrorState error={error} onRetry={control.reload} />
      ) : (
        <ListLoading label={t('page.activity')} text={t('loading.anything')} onReadFrom={setReadFrom} />
      )}
    </>
  );
}
