import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { t } from '../language/language.ts';
import { Count } from '../list/count.tsx';
import { ListLoading } from '../list/list-loading.tsx';
import { LONG_LIST } from '../list/long-list.ts';
import { clearScrollPositions } from '../list/scroll-positions.ts';
import { useCanWrite, useIsInAccount } from '../session/viewer.tsx';
import { Button } from '../ui/button.tsx';
import { PlusIcon } from '../ui/icon.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { EmptyState, ErrorState } from '../ui/states.tsx';
import { useCampaignActions } from './campaign-actions.tsx';
import { CampaignFilters } from './campaign-filters.tsx';
import { CampaignTable } from './campaign-table.tsx';
import { isFiltered, viewParameters } from './campaign-view.ts';
import { CampaignDialog, CampaignJump, CampaignSelection } from './lazy-parts.ts';
import { saveLastView } from './last-view.ts';
import type { RowSelection } from './row-selection.ts';
import { useCampaigns } from './use-campaigns.ts';
import { useCampaignView } from './use-campaign-view.ts';

export function CampaignsPage() {
  const canWrite = useCanWrite();
  const isInAccount = useIsInAccount();
  const [view, setView] = useCampaignView();
  const changeView: typeof setView = (change) => {
    clearScrollPositions();
    // A list with another filter or order begins at its start.
    setView({ at: undefined, ...change });
  };
  const control = useCampaigns(view);
  const actions = useCampaignActions();
  const [creating, setCreating] = useState(false);
  const [typing, setTyping] = useState(false);
  const [selection, setSelection] = useState<RowSelection>();
  const { list, error } = control;
  const readAt = (at: string | undefined) => changeView({ at });
  const readFrom = (end: 'start' | 'end') => readAt(end === 'end' ? end : undefined);
  const address = viewParameters(view).toString();
  useEffect(() => saveLastView(address), [address]);

  return (
    <>
      <div className="page-head">
        <PageHeading title={t('campaigns.title')} />
        <div className="page-count">
          {list && (
            <Count control={control} typing={typing}>
              {t(isFiltered(view) ? 'count.found' : 'count.inUse', { count: list.totalCount })}
            </Count>
          )}{' '}
          <Link href={`/spreadsheet?${address}`}>{t('campaigns.spreadsheet')}</Link>
        </div>
        {canWrite && (
          <Button variant="primary" className="page-action" onPress={() => setCreating(true)}>
            <PlusIcon /> {t('campaign.new')}
          </Button>
        )}
      </div>
      <CampaignFilters view={view} onChange={changeView} onTyping={setTyping}>
        {(view.at !== undefined || (list && list.totalCount >= LONG_LIST)) && (
          <CampaignJump view={view} onJump={readAt} />
        )}
      </CampaignFilters>
      {/* It comes before the rows, because Tab would have to pass all of them otherwise. It is shown at the bottom of the window. */}
      {canWrite && !isInAccount && <CampaignSelection view={address} list={list} onChange={setSelection} />}
      {list && (list.rows.length > 0 || list.hasPreviousPage) ? (
        <CampaignTable
          list={list}
          control={control}
          view={view}
          onOrder={(order) => changeView({ order })}
          onReadFrom={readFrom}
          actions={actions}
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
        <ListLoading label={t('campaigns.title')} text={t('loading.campaigns')} onReadFrom={readFrom} />
      )}
      {actions.dialog}
      {creating && <CampaignDialog campaign={undefined} groupUuid={view.group} onClose={() => setCreating(false)} />}
    </>
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
