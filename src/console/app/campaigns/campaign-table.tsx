import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { getFragmentData } from '../generated/index.ts';
import type { CampaignRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import type { ShownList } from '../list/loaded-list.ts';
import { ListTable } from '../list/list-table.tsx';
import type { LoadedListControl } from '../list/use-loaded-list.ts';
import { useCanWrite, useIsInAccount } from '../session/viewer.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { RowMenuHeader, useRowMenu } from '../ui/row-menu.tsx';
import { Name } from '../ui/name.tsx';
import { CampaignRow, type CampaignRef } from './campaign-row.ts';
import type { CampaignActions } from './campaign-actions.tsx';
import type { RowSelection } from './row-selection.ts';
import { ORDERS, viewParameters, type CampaignView, type Order } from './campaign-view.ts';
import './campaign-table.css';

interface Props {
  view: CampaignView;
  list: ShownList<CampaignRef>;
  control: LoadedListControl<CampaignRef>;
  onOrder: (order: Order) => void;
  onReadFrom: (end: 'start' | 'end') => void;
  actions: CampaignActions;
  /** Undefined if nothing can be selected: the user cannot write, the workspace is in a live account, or the code is not loaded yet. */
  selection: RowSelection | undefined;
}

export function CampaignTable({ view, list, control, onOrder, onReadFrom, actions, selection }: Props) {
  const canWrite = useCanWrite();
  // The actions for several campaigns change them all at once, which the API of a live account cannot do.
  const canSelect = !useIsInAccount() && canWrite;
  const menu = useRowMenu<CampaignRowFragment>(
    (campaign) => selection?.entriesFor(campaign) ?? actions.entriesFor(campaign),
    actions.elsewhere,
  );
  return (
    <>
      <ListTable
        label={t('campaigns.title')}
        name={`campaigns?${viewParameters(view)}`}
        columns={
          canSelect
            ? 'campaign-columns campaign-columns-with-boxes'
            : canWrite
              ? 'campaign-columns campaign-columns-with-menus'
              : 'campaign-columns'
        }
        list={list}
        control={control}
        onReadFrom={onReadFrom}
        onKeyDown={selection?.onKeyDown}
        header={
          <>
            {canSelect && (
              // A column header needs a name. This one has a name only after the code for selecting is loaded.
              <span role={selection ? 'columnheader' : 'presentation'} className="campaign-select">
                {selection?.boxOfAll}
              </span>
            )}
            <OrderHeader label={t('field.name')} order={view.order} first="name" second="name-desc" onOrder={onOrder} />
            <span role="columnheader">{t('field.group')}</span>
            <OrderHeader
              label={t('field.created')}
              order={view.order}
              first="newest"
              second="oldest"
              onOrder={onOrder}
            />
            {canWrite && <RowMenuHeader />}
          </>
        }
        row={(ref) => {
          const campaign = getFragmentData(CampaignRow, ref);
          return (
            <>
              {canSelect && (
                <span role="cell" className="campaign-select">
                  {selection?.boxOf(campaign)}
                </span>
              )}
              <span role="cell" className="campaign-name">
                <Link href={`/campaigns/${campaign.uuid}`}>
                  <Name text={campaign.name} />
                </Link>
                {campaign.archived && <span className="badge">{t('field.archived')}</span>}
              </span>
              <span role="cell" className="campaign-group">
                <Name text={campaign.group.name} />
              </span>
              <span role="cell" className="campaign-created">
                <Timestamp iso={campaign.createdOn} />
              </span>
              {canWrite && (
                <span role="cell" className="campaign-actions">
                  {actions.entriesFor(campaign).length > 0 && menu.button(campaign, campaign.name)}
                </span>
              )}
            </>
          );
        }}
      />
      {menu.menu}
    </>
  );
}

const DIRECTIONS = { ASC: 'ascending', DESC: 'descending' } as const;

interface OrderHeaderProps {
  label: string;
  order: Order;
  /** The order after the first click: names from A, times from the newest. */
  first: Order;
  /** The reverse, after the second click. */
  second: Order;
  onOrder: (order: Order) => void;
}

/** The first order of the header that was pressed. The new order creates a new table, in which this header must get the focus again. */
let pressed: Order | undefined;

function OrderHeader({ label, order, first, second, onOrder }: OrderHeaderProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (pressed !== first) return;
    pressed = undefined;
    if (document.activeElement === document.body) button.current?.focus({ preventScroll: true });
  }, [first]);
  const press = () => {
    pressed = first;
    onOrder(order === first ? second : first);
  };
  const direction = order !== first && order !== second ? 'none' : DIRECTIONS[ORDERS[order].orderBy.direction];
  return (
    <span role="columnheader" aria-sort={direction}>
      <button ref={button} type="button" className="order-button" onClick={press}>
        {label}
        <span aria-hidden="true">{direction === 'none' ? '' : direction === 'ascending' ? ' ↑' : ' ↓'}</span>
      </button>
    </span>
  );
}
