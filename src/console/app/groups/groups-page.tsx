import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { clearScrollPositions } from '../list/scroll-positions.ts';
import { useCanWrite } from '../session/viewer.tsx';
import { Button } from '../ui/button.tsx';
import { PlusIcon } from '../ui/icon.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import { EmptyState, Loading, ErrorState } from '../ui/states.tsx';
import { GroupDialog } from './group-dialog.tsx';
import { GroupTable } from './group-table.tsx';
import { useGroups } from './use-groups.ts';

const NUMBER = new Intl.NumberFormat();

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
        <PageHeading title="Groups" />
        {list && (
          <p className="page-count" role="status">
            {NUMBER.format(list.totalCount)} {search === '' ? 'in all' : 'found'}
          </p>
        )}
        {canWrite && (
          <Button variant="primary" className="page-action" onPress={() => setCreating(true)}>
            <PlusIcon /> New group
          </Button>
        )}
      </div>
      <search className="filters" aria-label="Groups">
        <SearchBox value={search} onChange={setSearch} placeholder="Name" />
      </search>
      {list && list.rows.length > 0 ? (
        <GroupTable key={search} name={`groups?${search}`} list={list} control={control} />
      ) : list ? (
        <EmptyState title={search === '' ? 'No groups yet' : 'No group matches'}>
          {search === '' ? (
            <p>A group is the set of contacts that a campaign is for.</p>
          ) : (
            <Button onPress={() => setSearch('')}>Clear search</Button>
          )}
        </EmptyState>
      ) : error ? (
        <ErrorState error={error} onRetry={control.reload} />
      ) : (
        <Loading what="groups" />
      )}
      {creating && <GroupDialog group={undefined} onClose={() => setCreating(false)} />}
    </>
  );
}
