import { graphql, type FragmentType } from '../generated/index.ts';

/** The fields of a campaign that the console uses. */
export const CampaignRow = graphql(`
  fragment CampaignRow on Campaign {
    id
    uuid
    name
    archived
    createdOn
    modifiedOn
    revision
    group {
      uuid
      name
    }
  }
`);

export type CampaignRef = FragmentType<typeof CampaignRow>;
