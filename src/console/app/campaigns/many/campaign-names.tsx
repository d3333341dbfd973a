import type { ReactNode } from 'react';
import type { CampaignRowFragment } from '../../generated/graphql.ts';
import { t } from '../../language/language.ts';
import { Name } from '../../ui/name.tsx';
import './campaign-names.css';

/** More names would fill the screen. */
const MAX_NAMED = 10;

interface NamedCampaign {
  campaign: CampaignRowFragment;
  /** Text about the campaign, shown after its name. */
  about?: ReactNode;
}

/** The names of campaigns in a dialog: the first ones, and how many more there are. */
export function CampaignNames({ campaigns }: { campaigns: readonly NamedCampaign[] }) {
  const more = campaigns.length - MAX_NAMED;
  return (
    <ul className="campaign-names">
      {campaigns.slice(0, MAX_NAMED).map(({ campaign, about }) => (
        <li key={campaign.id}>
          <Name className="strong" text={campaign.name} />
          {about}
        </li>
      ))}
      {more > 0 && <li>{t('selection.more', { count: more })}</li>}
    </ul>
  );
}
