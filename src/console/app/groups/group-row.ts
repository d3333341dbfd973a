import { graphql, type FragmentType } from '../generated/index.ts';

/** What the groups page shows of a group. Only campaigns in use are counted: only these keep it from being deleted. */
export const GroupRow = graphql(`
  fragment GroupRow on Group {
    id
    uuid
    name
    query
    status
    system
    contactCount
    campaigns(first: 1) {
      totalCount
    }
  }
`);

export type GroupRef = FragmentType<typeof GroupRow>;
