import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { t } from '../language/language.ts';
import { Count } from '../list/count.tsx';
import { ListLoading } from '../list/list-loading.tsx';
import { LONG_LIST } from '../list/long-list.ts';
import { clearScrollPositions } from '../list/scroll-positions.ts';
import { useCanWrite } from '../session/viewer.tsx';
import { Button } from '../ui/button.tsx';
import { PlusIcon } from '../ui/icon.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import { EmptyState, ErrorState } from '../ui/states.tsx';
import { useGroupActions } from './group-actions.tsx';
import { GroupTable } from './group-table.tsx';
import { GroupDialog, GroupJump } from './lazy-parts.ts';
import { parseGroupsView, type GroupsView } from './start-groups.ts';
import { useGroups } from './use-groups.ts';

export function GroupsPage() {
  const canWrite = useCanWrite();
  const [parameters, setParameters] = useSearchParams();
  const view = parseGroupsView(parameters);
  const { search, at } = view;
  const show = (next: GroupsView) => {
    clearScrollPositions();
    const q = next.search === '' ? {} : { q: next.search };
    setParameters({ ...q, ...(next.at !== undefined && { at: next.at }) }, { replace: true });
  };
  const setSearch = (text: string) => show({ search: text, at: undefined });
  const readAt = (place: string | undefined) => show({ search, at: place });
  const readFrom = (end: 'start' | 'end') => readAt(end === 'end' ? end : undefined);
  const control = useGroups(view);
  const actions = useGroupActions();
  const [creating, setCreating] = useState(false);
  const [typing, setTyping] = useState(false);
  const { list, error } = control;

  return (
    <>
      <div className="page-head">
        <PageHeading title={t('groups.title')} />
        {list && (
          <p className="page-count">
            <Count control={control} typing={typing}>
              {t(search === '' ? 'count.inAll' : 'count.found', { count: list.totalCount })}
            </Count>
          </p>
        )}
        {canWrite && (
          <Button variant="primary" className="page-action" onPress={() => setCreating(true)}>
            <PlusIcon /> {t('group.new')}
          </Button>
        )}
      </div>
      <search className="filters" aria-label={t('groups.title')}>
        <SearchBox value={search} onChange={setSearch} onTyping={setTyping} placeholder={t('search.groups')} />
        {(at !== undefined || (list && list.totalCount >= LONG_LIST)) && <GroupJump at={at} onJump={readAt} />}
      </search>
      {list && (list.rows.length > 0 || list.hasPreviousPage) ? (
        <GroupTable
          name={`groups?${at} ${search}`}
          list={list}
          control={control}
          onReadFrom={readFrom}
          actions={actions}
        />
      ) : list ? (
        <EmptyState title={t(search === '' ? 'groups.none' : 'groups.noMatch')}>
          {search === '' ? (
            <p>{t('groups.noneHint')}</p>
          ) : (
            <Button onPress={() => setSearch('')}>{t('search.clear')}</Button>
          )}
        </EmptyState>
      ) : error ? (
        <ErrorState error={error} onRetry={control.reload} />
      ) : (
        <ListLoading label={t('groups.title')} text={t('loading.groups')} onReadFrom={readFrom} />
      )}
      {actions.dialog}
      {creating && <GroupDialog group={undefined} onClose={() => setCreating(false)} />}
    </>
  );
}
