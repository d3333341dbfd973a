import { Link } from 'wouter';
import { getFragmentData } from '../generated/index.ts';
import type { GroupRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import type { MessageId } from '../language/message-id.ts';
import type { ShownList } from '../list/loaded-list.ts';
import { ListTable } from '../list/list-table.tsx';
import type { LoadedListControl } from '../list/use-loaded-list.ts';
import { useCanWrite } from '../session/viewer.tsx';
import { RowMenuHeader, useRowMenu } from '../ui/row-menu.tsx';
import { withSigns } from '../ui/invisible-characters.ts';
import { Name } from '../ui/name.tsx';
import { GroupBadges } from './group-badges.tsx';
import { GroupRow, type GroupRef } from './group-row.ts';
import type { GroupActions } from './group-actions.tsx';
import './group-table.css';

interface Props {
  name: string;
  list: ShownList<GroupRef>;
  control: LoadedListControl<GroupRef>;
  onReadFrom: (end: 'start' | 'end') => void;
  actions: GroupActions;
}

export function GroupTable({ name, list, control, onReadFrom, actions }: Props) {
  const canWrite = useCanWrite();
  const menu = useRowMenu<GroupRowFragment>(actions.entriesFor);
  return (
    <>
      <ListTable
        label={t('groups.title')}
        name={name}
        columns={canWrite ? 'group-columns group-columns-with-actions' : 'group-columns'}
        list={list}
        control={control}
        onReadFrom={onReadFrom}
        header={
          <>
            <span role="columnheader">{t('field.name')}</span>
            <span role="columnheader" className="number">
              {t('group.contacts')}
            </span>
            <span role="columnheader" className="number">
              {t('campaigns.title')}
            </span>
            {canWrite && <RowMenuHeader />}
          </>
        }
        row={(ref) => {
          const group = getFragmentData(GroupRow, ref);
          return (
            <>
              <GroupName group={group} />
              <span role="cell" className="number">
                <Counted id="group.contactCount" count={group.contactCount} />
              </span>
              <Campaigns group={group} />
              {canWrite && (
                <span role="cell" className="group-actions">
                  {actions.entriesFor(group).length > 0 && menu.button(group, group.name)}
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

function GroupName({ group }: { group: GroupRowFragment }) {
  return (
    <span role="cell" className="group-name">
      <span className="group-name-line">
        <Link href={`/groups/${group.uuid}`}>
          <Name text={group.name} />
        </Link>
        <GroupBadges group={group} />
      </span>
      {group.query !== null && (
        <code className="group-query">
          <Name text={group.query} />
        </code>
      )}
    </span>
  );
}

/** A number and what it counts. On wide screens CSS shows only the number, because the column headers say what is counted. */
function Counted({ id, count }: { id: MessageId; count: number }) {
  return (
    <>
      <span className="number-alone" aria-hidden="true">
        {t('count.digits', { count })}
      </span>
      <span className="number-counted">{t(id, { count })}</span>
    </>
  );
}

function Campaigns({ group }: { group: GroupRowFragment }) {
  const count = group.campaigns.totalCount;
  const counted = <Counted id="group.campaignCount" count={count} />;
  return (
    <span role="cell" className="number">
      {count === 0 ? (
        counted
      ) : (
        <Link
          href={`/?group=${group.uuid}`}
          aria-label={t('group.campaignsOf', { count, name: withSigns(group.name) })}
        >
          {counted}
        </Link>
      )}
    </span>
  );
}
