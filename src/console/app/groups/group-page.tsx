import { Link, useLocation } from 'wouter';
import { errorDetails } from '../api/request-error.ts';
import { History } from '../changes/history.tsx';
import { getFragmentData } from '../generated/index.ts';
import type { GroupRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { LookInOtherWorkspaces } from '../session/other-workspaces.tsx';
import type { Account } from '../session/use-session.ts';
import { useCanWrite } from '../session/viewer.tsx';
import { ActionButtons } from '../ui/action-buttons.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { BackIcon } from '../ui/icon.tsx';
import { withSigns } from '../ui/invisible-characters.ts';
import { Name, VisibleText } from '../ui/name.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { EmptyState, ErrorState, Loading } from '../ui/states.tsx';
import { useGroupActions, type GroupActions } from './group-actions.tsx';
import { GroupBadges } from './group-badges.tsx';
import { GroupRow } from './group-row.ts';
import { useGroupDetails } from './use-group-details.ts';
import '../ui/details.css';

interface Props extends Pick<Account, 'switchTo'> {
  uuid: string;
}

/** The page of one group, with its details and its history. */
export function GroupPage({ uuid, switchTo }: Props) {
  const [, navigate] = useLocation();
  const query = useGroupDetails(uuid);
  const actions = useGroupActions(() => navigate('/groups'));
  return (
    <>
      <Link href="/groups" className="back-link">
        <BackIcon /> {t('groups.title')}
      </Link>
      {query.data ? (
        <>
          <GroupDetails group={getFragmentData(GroupRow, query.data)} actions={actions} />
          <History subject="group" uuid={uuid} />
        </>
      ) : query.data === null ? (
        <EmptyState heading="h1" title={t('group.notThere')}>
          <p>{t('group.notThereWhy')}</p>
          <LookInOtherWorkspaces switchTo={switchTo} />
        </EmptyState>
      ) : query.error ? (
        <ErrorState heading="h1" error={errorDetails(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <Loading text={t('loading.anything')} />
      )}
      {actions.dialog}
    </>
  );
}

function GroupDetails({ group, actions }: { group: GroupRowFragment; actions: GroupActions }) {
  const entries = useCanWrite() ? actions.entriesFor(group) : [];
  return (
    <article className="details">
      <header className="details-head">
        <PageHeading title={withSigns(group.name)}>
          <VisibleText text={group.name} />
        </PageHeading>
        <GroupBadges group={group} />
        <ActionButtons entries={entries} />
      </header>
      <dl className="facts">
        <dt>{t('group.contacts')}</dt>
        <dd>{t('count.digits', { count: group.contactCount })}</dd>
        <dt>{t('campaigns.title')}</dt>
        <dd>
          <Link href={`/?group=${group.uuid}`}>{t('group.campaignCount', { count: group.campaigns.totalCount })}</Link>
        </dd>
        {group.query !== null && (
          <>
            <dt>{t('group.query')}</dt>
            <dd>
              <code>
                <Name text={group.query} />
              </code>
            </dd>
          </>
        )}
        <dt>{t('campaign.uuid')}</dt>
        <dd>
          <code dir="ltr">{group.uuid}</code> <CopyButton text={group.uuid} label="copy.uuid" done="copy.uuidDone" />
        </dd>
      </dl>
    </article>
  );
}
