import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { t } from '../language/language.ts';
import { clearScrollPositions } from '../list/scroll-positions.ts';
import { useCanWrite } from '../session/viewer.tsx';
import { Button } from '../ui/button.tsx';
import { PlusIcon } from '../ui/icon.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { EmptyState, Loading, ErrorState } from '../ui/states.tsx';
import { CampaignFilters } from './campaign-filters.tsx';
import { CampaignTable } from './campaign-table.tsx';
import { isFiltered, useCampaignView, viewParameters } from './campaign-view.ts';
import { CampaignDialog, CampaignSelection } from './lazy-dialogs.ts';
import { saveLastView } from './last-view.ts';
import type { RowSelection } from './row-selection.ts';
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
  const [selection, setSelection] = useState<RowSelection>();
  const { list, error } = control;
  const address = viewParameters(view).toString();
  useEffect(() => saveLastView(address), [address]);

  return (
    <>
      <div className="page-head">
        <PageHeading title={t('campaigns.title')} />
        <div className="page-count">
          {list && <Count total={list.totalCount} filtered={isFiltered(view)} />}{' '}
          <Link href={`/spreadsheet?${address}`}>{t('campaigns.spreadsheet')}</Link>
        </div>
        {canWrite && (
          <Button variant="primary" className="page-action" onPress={() => setCreating(true)}>
            <PlusIcon /> {t('campaign.new')}
          </Button>
        )}
      </div>
      <CampaignFilters view={view} onChange={changeView} />
      {list && list.rows.length > 0 ? (
        <CampaignTable
          list={list}
          control={control}
          view={view}
          onOrder={(order) => changeView({ order })}
          selection={selection}
        />
      ) : list ? (
        <NoCampaigns
          filtered={isFiltered(view)}
          onClear={() => changeView({ search: '', group: undefined, archived: 'no' })}
          {...(canWrite && { onCreate: () => setCreating(true) })}
        />
      ) : error ? (
        <ErrorState error={error} onRetry={control.reload} />
      ) : (
        <Loading text={t('loading.campaigns')} />
      )}
      {canWrite && <CampaignSelection view={address} list={list} onChange={setSelection} />}
      {creating && <CampaignDialog campaign={undefined} groupUuid={view.group} onClose={() => setCreating(false)} />}
    </>
  );
}

function Count({ total, filtered }: { total: number; filtered: boolean }) {
  return <span role="status">{t(filtered ? 'count.found' : 'count.inUse', { count: total })}</span>;
}

interface NoCampaignsProps {
  filtered: boolean;
  onClear: () => void;
  onCreate?: () => void;
}

function NoCampaigns({ filtered, onClear, onCreate }: NoCampaignsProps) {
  if (filtered) {
    return (
      <EmptyState title={t('campaigns.noMatch')}>
        <p>{t('campaigns.noMatchHint')}</p>
        <Button onPress={onClear}>{t('filter.clear')}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t('campaigns.none')}>
      {onCreate ? (
        <>
          <p>{t('campaigns.noneHint')}</p>
          <Button variant="primary" onPress={onCreate}>
            <PlusIcon /> {t('campaign.new')}
          </Button>
        </>
      ) : (
        <p>{t('campaigns.noneForViewer')}</p>
      )}
    </EmptyState>
  );
}
