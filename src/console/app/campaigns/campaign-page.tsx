import { Link, useLocation } from 'wouter';
import { errorDetails } from '../api/request-error.ts';
import { History } from '../changes/history.tsx';
import { getFragmentData } from '../generated/index.ts';
import type { CampaignRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { LookInOtherWorkspaces } from '../session/other-workspaces.tsx';
import type { Account } from '../session/use-session.ts';
import { useCanWrite } from '../session/viewer.tsx';
import { ActionButtons } from '../ui/action-buttons.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { BackIcon } from '../ui/icon.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { EmptyState, Loading, ErrorState } from '../ui/states.tsx';
import { withSigns } from '../ui/invisible-characters.ts';
import { Name, VisibleText } from '../ui/name.tsx';
import { CampaignRow } from './campaign-row.ts';
import { useCampaignActions, type CampaignActions } from './campaign-actions.tsx';
import { lastView } from './last-view.ts';
import { useCampaign } from './use-campaign.ts';
import '../ui/details.css';

interface Props extends Pick<Account, 'switchTo'> {
  uuid: string;
}

/** The page of one campaign. It has its own address, so that users can send links to it. */
export function CampaignPage({ uuid, switchTo }: Props) {
  const [, navigate] = useLocation();
  const query = useCampaign(uuid);
  const actions = useCampaignActions(() => navigate(`/${lastView()}`));
  return (
    <>
      <Link href={`/${lastView()}`} className="back-link">
        <BackIcon /> {t('campaigns.title')}
      </Link>
      {query.data ? (
        <>
          <CampaignDetails campaign={getFragmentData(CampaignRow, query.data)} actions={actions} />
          <History subject="campaign" uuid={uuid} />
        </>
      ) : query.data === null ? (
        <EmptyState heading="h1" title={t('campaign.notThere')}>
          <p>{t('campaign.notThereWhy')}</p>
          <LookInOtherWorkspaces switchTo={switchTo} />
        </EmptyState>
      ) : query.error ? (
        <ErrorState heading="h1" error={errorDetails(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <Loading text={t('loading.campaign')} />
      )}
      {actions.dialog}
    </>
  );
}

function CampaignDetails({ campaign, actions }: { campaign: CampaignRowFragment; actions: CampaignActions }) {
  const canWrite = useCanWrite();
  const link = `${location.origin}/campaigns/${campaign.uuid}`;
  const entries = canWrite ? actions.entriesFor(campaign) : [];
  const elsewhere = canWrite ? actions.elsewhere(campaign) : undefined;
  return (
    <article className="details">
      <header className="details-head">
        <PageHeading title={withSigns(campaign.name)}>
          <VisibleText text={campaign.name} />
        </PageHeading>
        {campaign.archived && <span className="badge">{t('field.archived')}</span>}
        <ActionButtons entries={entries} />
        {elsewhere !== undefined && <p className="details-note">{elsewhere}</p>}
      </header>
      <dl className="facts">
        <dt>{t('field.group')}</dt>
        <dd>
          <Link href={`/?group=${campaign.group.uuid}`}>
            <Name text={campaign.group.name} />
          </Link>
        </dd>
        <dt>{t('field.created')}</dt>
        <dd>
          <Timestamp iso={campaign.createdOn} show="precise" />
        </dd>
        <dt>{t('campaign.lastChanged')}</dt>
        <dd>
          {campaign.modifiedOn === campaign.createdOn ? (
            t('campaign.neverChanged')
          ) : (
            <Timestamp iso={campaign.modifiedOn} show="precise" />
          )}
        </dd>
        <dt>{t('campaign.uuid')}</dt>
        <dd>
          <code dir="ltr">{campaign.uuid}</code>{' '}
          <CopyButton text={campaign.uuid} label="copy.uuid" done="copy.uuidDone" />
        </dd>
        <dt>{t('campaign.link')}</dt>
        <dd>
          <code dir="ltr">{link}</code> <CopyButton text={link} label="copy.link" done="copy.linkDone" />
        </dd>
      </dl>
    </article>
  );
}
