import { useState } from 'react';
import { Link } from 'wouter';
import { getFragmentData } from '../generated/index.ts';
import type { GroupRowFragment } from '../generated/graphql.ts';
import type { LoadedList } from '../list/loaded-list.ts';
import { ListTable } from '../list/list-table.tsx';
import type { LoadedListControl } from '../list/use-loaded-list.ts';
import { useCanWrite } from '../session/viewer.tsx';
import { useRowMenu } from '../ui/row-menu.tsx';
import { withSigns } from '../ui/invisible-characters.ts';
import { Name } from '../ui/name.tsx';
import { DeleteGroupDialog } from './delete-group-dialog.tsx';
import { GroupDialog } from './group-dialog.tsx';
import { GroupRow, type GroupRef } from './group-row.ts';
import './group-table.css';

interface Props {
  name: string;
  list: LoadedList<GroupRef>;
  control: LoadedListControl<GroupRef>;
}

export function GroupTable({ name, list, control }: Props) {
  const canWrite = useCanWrite();
  const [open, setOpen] = useState<{ action: 'rename' | 'delete'; group: GroupRowFragment }>();
  const menu = useRowMenu<GroupRowFragment>((group) => [
    { label: 'Rename…', run: () => setOpen({ action: 'rename', group }) },
    { label: 'Delete…', danger: true, run: () => setOpen({ action: 'delete', group }) },
  ]);
  const close = () => setOpen(undefined);
  return (
    <>
      <ListTable
        label="Groups"
        name={name}
        columns={canWrite ? 'group-columns group-columns-with-actions' : 'group-columns'}
        list={list}
        control={control}
        header={
          <>
            <span role="columnheader">Name</span>
            <span role="columnheader" className="number">
              Contacts
            </span>
            <span role="columnheader" className="number">
              Campaigns
            </span>
            {canWrite && (
              <span role="columnheader">
                <span className="visually-hidden">Actions</span>
              </span>
            )}
          </>
        }
        row={(ref) => {
          const group = getFragmentData(GroupRow, ref);
          return (
            <>
              <GroupName group={group} />
              <Count of={group.contactCount} one="contact" many="contacts" />
              <Campaigns group={group} />
              {canWrite && (
                <span role="cell" className="group-actions">
                  {!group.system && menu.button(group, group.name)}
                </span>
              )}
            </>
          );
        }}
      />
      {menu.menu}
      {open?.action === 'rename' && <GroupDialog group={open.group} onClose={close} />}
      {open?.action === 'delete' && <DeleteGroupDialog group={open.group} onClose={close} />}
    </>
  );
}

const STATUS = {
  INITIALIZING: 'Finding contacts',
  EVALUATING: 'Finding contacts anew',
  READY: undefined,
  INVALID: 'Query no longer valid',
};

function GroupName({ group }: { group: GroupRowFragment }) {
  const status = STATUS[group.status];
  return (
    <span role="cell" className="group-name">
      <span className="group-name-line">
        <Name text={group.name} />
        {group.system && (
          <span className="badge" title="The workspace came with this group: it cannot be renamed or deleted.">
            System
          </span>
        )}
        {status !== undefined && <span className="badge badge-warning">{status}</span>}
      </span>
      {group.query !== null && group.query !== undefined && (
        <code className="group-query">
          <Name text={group.query} />
        </code>
      )}
    </span>
  );
}

const NUMBER = new Intl.NumberFormat();

/** A number. On narrow screens, which have no column headers, CSS shows the noun too. */
function Count({ of, one, many }: { of: number; one: string; many: string }) {
  return (
    <span role="cell" className="number">
      {NUMBER.format(of)} <span className="number-noun">{of === 1 ? one : many}</span>
    </span>
  );
}

function Campaigns({ group }: { group: GroupRowFragment }) {
  const count = group.campaigns.totalCount;
  if (count === 0) return <Count of={0} one="campaign" many="campaigns" />;
  return (
    <span role="cell" className="number">
      <Link href={`/?group=${group.uuid}`} aria-label={`${NUMBER.format(count)} campaigns of ${withSigns(group.name)}`}>
        {NUMBER.format(count)} <span className="number-noun">{count === 1 ? 'campaign' : 'campaigns'}</span>
      </Link>
    </span>
  );
}
