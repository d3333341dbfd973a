import { Link } from 'wouter';
import { getFragmentData } from '../generated/index.ts';
import type { CampaignRowFragment } from '../generated/graphql.ts';
import type { LoadedList } from '../list/loaded-list.ts';
import { ListTable } from '../list/list-table.tsx';
import type { LoadedListControl } from '../list/use-loaded-list.ts';
import { useCanWrite } from '../session/viewer.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { useRowMenu } from '../ui/row-menu.tsx';
import { Name } from '../ui/name.tsx';
import { CampaignRow, type CampaignRef } from './campaign-row.ts';
import { useCampaignActions } from './campaign-actions.tsx';
import { viewParameters, type CampaignView, type Order } from './campaign-view.ts';
import './campaign-table.css';

interface Props {
  view: CampaignView;
  list: LoadedList<CampaignRef>;
  control: LoadedListControl<CampaignRef>;
  onOrder: (order: Order) => void;
}

export function CampaignTable({ view, list, control, onOrder }: Props) {
  const canWrite = useCanWrite();
  const actions = useCampaignActions();
  const menu = useRowMenu<CampaignRowFragment>(actions.entriesFor);
  return (
    <>
      <ListTable
        label="Campaigns"
        name={`campaigns?${viewParameters(view)}`}
        key={viewParameters(view).toString()}
        columns={canWrite ? 'campaign-columns campaign-columns-with-actions' : 'campaign-columns'}
        list={list}
        control={control}
        header={
          <>
            <OrderHeader label="Name" order={view.order} ascending="name" descending="name-desc" onOrder={onOrder} />
            <span role="columnheader">Group</span>
            <OrderHeader label="Created" order={view.order} ascending="oldest" descending="newest" onOrder={onOrder} />
            {canWrite && (
              <span role="columnheader">
                <span className="visually-hidden">Actions</span>
              </span>
            )}
          </>
        }
        row={(ref) => {
          const campaign = getFragmentData(CampaignRow, ref);
          return (
            <>
              <span role="cell" className="campaign-name">
                <Link href={`/campaigns/${campaign.uuid}`}>
                  <Name text={campaign.name} />
                </Link>
                {campaign.archived && <span className="badge">Archived</span>}
              </span>
              <span role="cell" className="campaign-group">
                <Name text={campaign.group.name} />
              </span>
              <span role="cell" className="campaign-created">
                <Timestamp iso={campaign.createdOn} />
              </span>
              {canWrite && (
                <span role="cell" className="campaign-actions">
                  {menu.button(campaign, campaign.name)}
                </span>
              )}
            </>
          );
        }}
      />
      {menu.menu}
      {actions.dialog}
    </>
  );
}

interface OrderHeaderProps {
  label: string;
  order: Order;
  ascending: Order;
  descending: Order;
  onOrder: (order: Order) => void;
}

function OrderHeader({ label, order, ascending, descending, onOrder }: OrderHeaderProps) {
  const direction = order === ascending ? 'ascending' : order === descending ? 'descending' : 'none';
  // The first click orders names from A and times from the newest. The second click reverses the order.
  const first = label === 'Name' ? ascending : descending;
  const second = first === ascending ? descending : ascending;
  return (
    <span role="columnheader" aria-sort={direction}>
      <button type="button" className="order-button" onClick={() => onOrder(order === first ? second : first)}>
        {label}
        <span aria-hidden="true">{direction === 'none' ? '' : direction === 'ascending' ? ' ↑' : ' ↓'}</span>
      </button>
    </span>
  );
}
