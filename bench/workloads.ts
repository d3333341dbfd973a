/** One kind of request. Both servers are sent the same, and give the same rows. */
export interface Workload {
  readonly title: string;
  /** undefined: a GET of campaigns over REST. */
  readonly query?: string;
  /** `NAME` in it is another name in each request. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

const PAGE = 'edges{cursor node{uuid name archived createdOn group{uuid name}}} pageInfo{hasNextPage endCursor}';

export const PAGE_OF_50 = `{campaigns(first:50){${PAGE}}}`;
export const PAGE_OF_250 = `{campaigns(first:250){${PAGE}}}`;
export const NEXT_PAGE = `query($after:String){campaigns(first:50,after:$after){${PAGE}}}`;
export const ONE = 'query($u:UUID!){campaign(uuid:$u){uuid name group{name}}}';
export const CREATE =
  'mutation($i:CreateCampaignInput!){createCampaign(input:$i){campaign{uuid name archived createdOn group{uuid name}}}}';

/** `uuid` is a campaign's, `group` a group's, and `cursor` a place far behind the first page. */
export function workloads(uuid: string, group: string, cursor: string | undefined): Workload[] {
  return [
    { title: 'W1 250 over REST' },
    { title: 'W2 page of 50', query: PAGE_OF_50 },
    { title: 'W3 one by UUID', query: ONE, variables: { u: uuid } },
    { title: 'W4 create', query: CREATE, variables: { i: { name: 'NAME', group: { uuid: group } } } },
    { title: 'W5 page far behind', query: NEXT_PAGE, variables: { after: cursor } },
    { title: 'W6 page of 250', query: PAGE_OF_250 },
  ];
}
