import { Link, useLocation } from 'wouter';
import { troubleOf } from '../api/trouble.ts';
import { getFragmentData } from '../generated/index.ts';
import type { CampaignRowFragment } from '../generated/graphql.ts';
import { useCanWrite } from '../session/viewer.tsx';
import { Button } from '../ui/button.tsx';
import { BackIcon } from '../ui/icon.tsx';
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
        <EmptyState title="There is no such campaign">
          <p>It may have been deleted, or it belongs to another workspace.</p>
        </EmptyState>
      ) : query.error ? (
        <TroubleState trouble={troubleOf(query.error)} onRetry={() => void query.refetch()} />
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
  const copy = useCopy();
  return (
    <article className="campaign">
      <div className="page-head">
        <PageHeading title={campaign.name} />
        {campaign.archived && <span className="badge">Archived</span>}
      </div>
      <dl className="facts">
        <dt>Group</dt>
        <dd>
          <Link href={`/?group=${campaign.group.uuid}`} dir="auto">
            {campaign.group.name}
          </Link>
        </dd>
        <dt>Created</dt>
        <dd>
          <Moment iso={campaign.createdOn} precise />
        </dd>
        <dt>Last changed</dt>
        <dd>
          {campaign.modifiedOn === campaign.createdOn ? 'Never' : <Moment iso={campaign.modifiedOn} precise />}
        </dd>
        <dt>UUID</dt>
        <dd className="facts-code">{campaign.uuid}</dd>
      </dl>
      <div className="deeds">
        {canWrite &&
          deeds.entriesFor(campaign).map((entry) => (
            <Button key={entry.label} variant={entry.danger ? 'danger' : 'plain'} onPress={entry.run}>
              {entry.label}
            </Button>
          ))}
        <Button onPress={() => copy(location.origin + location.pathname, 'link')}>Copy link</Button>
        <Button onPress={() => copy(campaign.uuid, 'UUID')}>Copy UUID</Button>
      </div>
      {deeds.dialog}
    </article>
  );
}

/** Browsers allow copying only on secure pages; elsewhere the text is shown to be copied by hand. */
function useCopy(): (text: string, what: string) => void {
  const notify = useNotify();
  return (text, what) => {
    const shown = () => notify({ text: <bdi>{text}</bdi> });
    if (!('clipboard' in navigator)) return shown();
    navigator.clipboard.writeText(text).then(() => notify({ text: `Copied the ${what}` }), shown);
  };
}
