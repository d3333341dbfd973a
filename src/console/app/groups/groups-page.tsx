import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { t } from '../language/language.ts';
import { clearScrollPositions } from '../list/scroll-positions.ts';
import { useCanWrite } from '../session/viewer.tsx';
import { Button } from '../ui/button.tsx';
import { PlusIcon } from '../ui/icon.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import { EmptyState, Loading, ErrorState } from '../ui/states.tsx';
import { GroupTable } from './group-table.tsx';
import { GroupDialog } from './lazy-dialogs.ts';
import { useGroups } from './use-groups.ts';

export function GroupsPage() {
  const canWrite = useCanWrite();
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.get('q') ?? '';
  const setSearch = (text: string) => {
    clearScrollPositions();
    setParameters(text === '' ? {} : { q: text }, { replace: true });
  };
  const control = useGroups(search);
  const [creating, setCreating] = useState(false);
  const { list, error } = control;

  return (
    <>
      <div className="page-head">
        <PageHeading title={t('groups.title')} />
        {list && (
          <p className="page-count" role="status">
            {t(search === '' ? 'count.inAll' : 'count.found', { count: list.totalCount })}
          </p>
        )}
        {canWrite && (
          <Button variant="primary" className="page-action" onPress={() => setCreating(true)}>
            <PlusIcon /> {t('group.new')}
          </Button>
        )}
      </div>
      <search className="filters" aria-label={t('groups.title')}>
        <SearchBox value={search} onChange={setSearch} placeholder={t('search.groups')} />
      </search>
      {list && list.rows.length > 0 ? (
        <GroupTable key={search} name={`groups?${search}`} list={list} control={control} />
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
        <Loading text={t('loading.groups')} />
      )}
      {creating && <GroupDialog group={undefined} onClose={() => setCreating(false)} />}
    </>
  );
}
