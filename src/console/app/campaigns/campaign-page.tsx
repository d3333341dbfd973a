import { Link, useLocation } from 'wouter';
import { troubleOf } from '../api/trouble.ts';
import { getFragmentData } from '../generated/index.ts';
import type { CampaignRowFragment } from '../generated/graphql.ts';
import { useCanWrite } from '../session/viewer.tsx';
import { Button } from '../ui/button.tsx';
import { BackIcon, CopyIcon } from '../ui/icon.tsx';
import { Moment } from '../ui/moment.tsx';
import { useNotify } from '../ui/notices.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { EmptyState, Loading, TroubleState } from '../ui/states.tsx';
import { useScrollToTop } from '../ui/use-scroll-to-top.ts';
import { CampaignRow } from './campaign-row.ts';
import { useCampaignDeeds } from './campaign-deeds.tsx';
import { lastView } from './last-view.ts';
import { useCampaign } from './use-campaign.ts';
import './campaign-page.css';

/** A campaign at an address of its own, which can be sent to a colleague. */
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
        <TroubleState heading="h1" trouble={troubleOf(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <Loading what="campaign" />
      )}
    </>
  );
}

function CampaignDetails({ campaign }: { campaign: CampaignRowFragment }) {
  const canWrite = useCanWrite();
  const [, navigate] = useLocation();
  const deeds = useCampaignDeeds(() => navigate(`/${lastView()}`));
  const link = `${location.origin}/campaigns/${campaign.uuid}`;
  return (
    <article className="campaign">
      <header className="campaign-head">
        <PageHeading title={campaign.name} />
        {campaign.archived && <span className="badge">Archived</span>}
        {canWrite && (
          <div className="deeds">
            {deeds.entriesFor(campaign).map((entry) => (
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
            <bdi>{campaign.group.name}</bdi>
          </Link>
        </dd>
        <dt>Created</dt>
        <dd>
          <Moment iso={campaign.createdOn} precise />
        </dd>
        <dt>Last changed</dt>
        <dd>{campaign.modifiedOn === campaign.createdOn ? 'Never' : <Moment iso={campaign.modifiedOn} precise />}</dd>
        <dt>UUID</dt>
        <dd>
          <code>{campaign.uuid}</code> <CopyButton text={campaign.uuid} what="UUID" />
        </dd>
        <dt>Link</dt>
        <dd>
          <code>{link}</code> <CopyButton text={link} what="link" />
        </dd>
      </dl>
      {deeds.dialog}
    </article>
  );
}

/** Browsers let a page copy only where it came over a secure connection; elsewhere there is the text to select. */
function CopyButton({ text, what }: { text: string; what: string }) {
  const notify = useNotify();
  if (!('clipboard' in navigator)) return null;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => notify({ text: `Copied the ${what}` }),
      () => notify({ tone: 'trouble', text: 'The browser did not allow copying.' }),
    );
  return (
    <Button variant="quiet" aria-label={`Copy the ${what}`} onPress={() => void copy()}>
      <CopyIcon />
    </Button>
  );
}
