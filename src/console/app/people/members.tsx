import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { getFragmentData } from '../generated/index.ts';
import type { MemberRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { Count } from '../list/count.tsx';
import { clearScrollPositions } from '../list/scroll-positions.ts';
import { useKeptDraft } from '../session/drafts.ts';
import { ROLE_NAMES } from '../session/role-names.ts';
import { useViewer } from '../session/viewer.tsx';
import { Button } from '../ui/button.tsx';
import { PlusIcon } from '../ui/icon.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { useRowMenu } from '../ui/row-menu.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import { EmptyState } from '../ui/states.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { KeyDialog, type NewKey } from './key-dialog.tsx';
import { PeopleTable } from './people-table.tsx';
import { RemoveMemberDialog } from './remove-member-dialog.tsx';
import { RoleDialog } from './role-dialog.tsx';
import { TokenDialog } from './token-dialog.tsx';
import { MemberRow, useMembers } from './use-members.ts';

type OpenDialog =
  | { action: 'invite' }
  | { action: 'role' | 'token' | 'remove'; member: MemberRowFragment }
  | { action: 'key'; made: NewKey };

/** The members of the workspace. Administrators can change them. */
export function Members() {
  const viewer = useViewer();
  const administers = viewer.role === 'ADMINISTRATOR';
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.get('q') ?? '';
  const [readFrom, setReadFrom] = useState<'start' | 'end'>('start');
  const setSearch = (words: string) => {
    clearScrollPositions();
    setReadFrom('start');
    setParameters(words === '' ? {} : { q: words }, { replace: true });
  };
  const [typing, setTyping] = useState(false);
  const control = useMembers(search, readFrom);
  const { list } = control;
  const invitation = useKeptDraft('invitation');
  const newToken = useKeptDraft<MemberRowFragment>('token');
  const [open, setOpen] = useState<OpenDialog | undefined>(() =>
    invitation ? { action: 'invite' } : newToken?.subject && { action: 'token', member: newToken.subject },
  );
  const menu = useRowMenu<MemberRowFragment>((member) => [
    { label: t('people.changeRoleAsk'), run: () => setOpen({ action: 'role', member }) },
    { label: t('people.newTokenAsk'), run: () => setOpen({ action: 'token', member }) },
    { label: t('people.removeAsk'), danger: true, run: () => setOpen({ action: 'remove', member }) },
  ]);

  return (
    <>
      <div className="people-head">
        <p className="page-count">
          {list && (
            <Count control={control} typing={typing}>
              {t(search === '' ? 'count.inAll' : 'count.found', { count: list.totalCount })}
            </Count>
          )}
        </p>
        {administers && (
          <Button variant="primary" className="page-action" onPress={() => setOpen({ action: 'invite' })}>
            <PlusIcon /> {t('people.invite')}
          </Button>
        )}
      </div>
      <search className="filters" aria-label={t('people.members')}>
        <SearchBox value={search} onChange={setSearch} onTyping={setTyping} placeholder={t('people.email')} />
      </search>
      {list?.totalCount === 0 ? (
        search === '' ? (
          // Only a workspace in a live account can be without members of its own.
          <EmptyState title={t('people.none')}>
            <p>{t('people.inAccount')}</p>
          </EmptyState>
        ) : (
          <EmptyState title={t('people.noMatch')}>
            <Button onPress={() => setSearch('')}>{t('search.clear')}</Button>
          </EmptyState>
        )
      ) : (
        <PeopleTable
          label={t('people.members')}
          name={`members?${search}`}
          columns={administers ? 'member-columns member-columns-with-actions' : 'member-columns'}
          titles={[t('people.email'), t('people.role'), t('people.memberSince')]}
          hasMenus={administers}
          control={control}
          readFrom={readFrom}
          onReadFrom={setReadFrom}
          row={(ref) => {
            const member = getFragmentData(MemberRow, ref);
            return (
              <>
                <span role="cell" className="people-name">
                  <Name text={member.email} />
                  {member.email === viewer.user.email && <span className="badge">{t('people.you')}</span>}
                  {!member.active && (
                    <span className="badge badge-warning" title={t('people.inactiveHint')}>
                      {t('people.inactive')}
                    </span>
                  )}
                </span>
                <span role="cell" className="member-role">
                  {t(ROLE_NAMES[member.role])}
                </span>
                <span role="cell" className="member-since">
                  {/* Narrow screens show no header that says what the time is. */}
                  <span className="member-since-whole">
                    <Message id="people.since" values={{ time: <Timestamp iso={member.createdOn} /> }} />
                  </span>
                  <Timestamp iso={member.createdOn} />
                </span>
                {administers && (
                  <span role="cell" className="people-actions">
                    {menu.button(member, member.email)}
                  </span>
                )}
              </>
            );
          }}
        />
      )}
      {menu.menu}
      {open && <OpenedDialog open={open} setOpen={setOpen} />}
    </>
  );
}

function OpenedDialog({ open, setOpen }: { open: OpenDialog; setOpen: (open: OpenDialog | undefined) => void }) {
  const close = () => setOpen(undefined);
  const onKey = (made: NewKey) => setOpen({ action: 'key', made });
  switch (open.action) {
    case 'invite':
      return <InviteDialog onClose={close} onKey={onKey} />;
    case 'role':
      return <RoleDialog member={open.member} onClose={close} />;
    case 'token':
      return <TokenDialog member={open.member} onClose={close} onKey={onKey} />;
    case 'remove':
      return <RemoveMemberDialog member={open.member} onClose={close} />;
    case 'key':
      return <KeyDialog made={open.made} onClose={close} />;
  }
}
