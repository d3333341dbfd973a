import { graphql, type FragmentType } from '../generated/index.ts';

/** What every place that shows or changes a campaign knows of it. */
export const CampaignRow = graphql(`
  fragment CampaignRow on Campaign {
    id
    uuid
    name
    archived
    createdOn
    modifiedOn
    group {
      uuid
      name
    }
  }
`);

export type CampaignRef = FragmentType<typeof CampaignRow>;
