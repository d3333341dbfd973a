import { graphql, type FragmentType } from '../generated/index.ts';

/** The fields that the pages of groups show. Archived campaigns are not counted, because they do not prevent deletion. */
export const GroupRow = graphql(`
  fragment GroupRow on Group {
    id
    uuid
    name
    query
    status
    system
    contactCount
    revision
    campaigns(first: 1) {
      totalCount
    }
  }
`);

export type GroupRef = FragmentType<typeof GroupRow>;
