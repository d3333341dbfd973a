import { Link, useLocation } from 'wouter';
import { errorDetails } from '../api/request-error.ts';
import { getFragmentData } from '../generated/index.ts';
import type { CampaignRowFragment } from '../generated/graphql.ts';
import { useCanWrite } from '../session/viewer.tsx';
import { Button } from '../ui/button.tsx';
import { BackIcon, CopyIcon } from '../ui/icon.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { useNotify } from '../ui/notices.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { EmptyState, Loading, ErrorState } from '../ui/states.tsx';
import { useScrollToTop } from '../ui/use-scroll-to-top.ts';
import { withSigns } from '../ui/invisible-characters.ts';
import { Name, VisibleText } from '../ui/name.tsx';
import { CampaignRow } from './campaign-row.ts';
import { useCampaignActions } from './campaign-actions.tsx';
import { lastView } from './last-view.ts';
import { useCampaign } from './use-campaign.ts';
import './campaign-page.css';

/** The page of one campaign. It has its own address, so that users can send links to it. */
export function CampaignPage({ uuid }: { uuid: string }) {
  useScrollToTop();
  const query = useCampaign(uuid);
  return (
    <>
      <Link href={`/${lastView()}`} className="back-link">
        <BackIcon /> Campaigns
      </Link>
      {query.data ? (
        <CampaignDetails campaign={getFragmentData(CampaignRow, query.data)} />
      ) : query.data === null ? (
        <EmptyState heading="h1" title="There is no such campaign">
          <p>It may have been deleted, or it belongs to another workspace.</p>
        </EmptyState>
      ) : query.error ? (
        <ErrorState heading="h1" error={errorDetails(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <Loading what="campaign" />
      )}
    </>
  );
}

function CampaignDetails({ campaign }: { campaign: CampaignRowFragment }) {
  const canWrite = useCanWrite();
  const [, navigate] = useLocation();
  const actions = useCampaignActions(() => navigate(`/${lastView()}`));
  const link = `${location.origin}/campaigns/${campaign.uuid}`;
  return (
    <article className="campaign">
      <header className="campaign-head">
        <PageHeading title={withSigns(campaign.name)}>
          <VisibleText text={campaign.name} />
        </PageHeading>
        {campaign.archived && <span className="badge">Archived</span>}
        {canWrite && (
          <div className="campaign-head-actions">
            {actions.entriesFor(campaign).map((entry) => (
              <Button key={entry.label} variant={entry.danger ? 'danger' : 'plain'} onPress={entry.run}>
                {entry.label}
              </Button>
            ))}
          </div>
        )}
      </header>
      <dl className="facts">
        <dt>Group</dt>
        <dd>
          <Link href={`/?group=${campaign.group.uuid}`}>
            <Name text={campaign.group.name} />
          </Link>
        </dd>
        <dt>Created</dt>
        <dd>
          <Timestamp iso={campaign.createdOn} precise />
        </dd>
        <dt>Last changed</dt>
        <dd>
          {campaign.modifiedOn === campaign.createdOn ? 'Never' : <Timestamp iso={campaign.modifiedOn} precise />}
        </dd>
        <dt>UUID</dt>
        <dd>
          <code>{campaign.uuid}</code> <CopyButton text={campaign.uuid} what="UUID" />
        </dd>
        <dt>Link</dt>
        <dd>
          <code>{link}</code> <CopyButton text={link} what="link" />
        </dd>
      </dl>
      {actions.dialog}
    </article>
  );
}

/** Nothing on insecure connections, where browsers do not allow copying. Users can still select the text. */
function CopyButton({ text, what }: { text: string; what: string }) {
  const notify = useNotify();
  if (!('clipboard' in navigator)) return null;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => notify({ text: `Copied the ${what}` }),
      () => notify({ tone: 'error', text: 'The browser did not allow copying.' }),
    );
  return (
    <Button variant="quiet" aria-label={`Copy the ${what}`} onPress={() => void copy()}>
      <CopyIcon />
    </Button>
  );
}
