import { useEffect, useState } from 'react';
import { clearScrollPositions } from '../list/scroll-positions.ts';
import { useCanWrite } from '../session/viewer.tsx';
import { Button } from '../ui/button.tsx';
import { PlusIcon } from '../ui/icon.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { EmptyState, Loading, ErrorState } from '../ui/states.tsx';
import { CampaignDialog } from './campaign-dialog.tsx';
import { CampaignFilters } from './campaign-filters.tsx';
import { CampaignTable } from './campaign-table.tsx';
import { isFiltered, useCampaignView, viewParameters } from './campaign-view.ts';
import { saveLastView } from './last-view.ts';
import { useCampaigns } from './use-campaigns.ts';

export function CampaignsPage() {
  const canWrite = useCanWrite();
  const [view, setView] = useCampaignView();
  const changeView: typeof setView = (change) => {
    clearScrollPositions();
    setView(change);
  };
  const control = useCampaigns(view);
  const [creating, setCreating] = useState(false);
  const { list, error } = control;
  const address = viewParameters(view).toString();
  useEffect(() => saveLastView(address), [address]);

  return (
    <>
      <div className="page-head">
        <PageHeading title="Campaigns" />
        {list && <Count total={list.totalCount} filtered={isFiltered(view)} />}
        {canWrite && (
          <Button variant="primary" className="page-action" onPress={() => setCreating(true)}>
            <PlusIcon /> New campaign
          </Button>
        )}
      </div>
      <CampaignFilters view={view} onChange={changeView} />
      {list && list.rows.length > 0 ? (
        <CampaignTable list={list} control={control} view={view} onOrder={(order) => changeView({ order })} />
      ) : list ? (
        <NoCampaigns
          filtered={isFiltered(view)}
          onClear={() => changeView({ search: '', group: undefined, archived: 'no' })}
          {...(canWrite && { onCreate: () => setCreating(true) })}
        />
      ) : error ? (
        <ErrorState error={error} onRetry={control.reload} />
      ) : (
        <Loading what="campaigns" />
      )}
      {creating && <CampaignDialog campaign={undefined} groupUuid={view.group} onClose={() => setCreating(false)} />}
    </>
  );
}

const NUMBER = new Intl.NumberFormat();

function Count({ total, filtered }: { total: number; filtered: boolean }) {
  return (
    <p className="page-count" role="status">
      {NUMBER.format(total)} {filtered ? 'found' : 'in use'}
    </p>
  );
}

interface NoCampaignsProps {
  filtered: boolean;
  onClear: () => void;
  onCreate?: () => void;
}

function NoCampaigns({ filtered, onClear, onCreate }: NoCampaignsProps) {
  if (filtered) {
    return (
      <EmptyState title="No campaign matches">
        <p>Try a shorter search, or look among all campaigns.</p>
        <Button onPress={onClear}>Clear search and filters</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No campaigns yet">
      {onCreate ? (
        <>
          <p>A campaign is a named programme of messages for the contacts of one group.</p>
          <Button variant="primary" onPress={onCreate}>
            <PlusIcon /> New campaign
          </Button>
        </>
      ) : (
        <p>Nobody has created one in this workspace.</p>
      )}
    </EmptyState>
  );
}
