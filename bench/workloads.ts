/** One kind of request. Servers with the same schema receive the same requests. */
export interface Workload {
  readonly name: keyof typeof WORKLOADS;
  /** undefined means a GET of campaigns over REST. */
  readonly query?: string;
  /** NAME is replaced by a different name in each request, and UUID by each of 1,000 campaigns in turn. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** What the requests of each workload ask for. */
export const WORKLOADS = {
  W1: '250 over REST',
  W2: 'page of 50',
  W3: 'one by UUID',
  W5: 'page far behind',
  W6: 'page of 250',
  // W4 must be last, because its creates change the rows. Until then all servers return the same rows.
  W4: 'create',
} as const;

/** The number of campaigns that the requests with a UUID ask for in turn. */
export const UUIDS = 1_000;

const PAGE = 'edges{cursor node{uuid name archived createdOn group{uuid name}}} pageInfo{hasNextPage endCursor}';

export const PAGE_OF_50 = `{campaigns(first:50){${PAGE}}}`;
export const PAGE_OF_250 = `{campaigns(first:250){${PAGE}}}`;
export const NEXT_PAGE = `query($after:String){campaigns(first:50,after:$after){${PAGE}}}`;
export const ONE = 'query($u:UUID!){campaign(uuid:$u){uuid name group{name}}}';
export const CREATE =
  'mutation($i:CreateCampaignInput!){createCampaign(input:$i){campaign{uuid name archived createdOn group{uuid name}}}}';

/** A group in the measured database. */
export interface MeasuredGroup {
  readonly id: number;
  readonly uuid: string;
}

/** The workloads for a server with this program's schema. `cursor` comes from the same server, and is far behind the first page. */
export function workloads({ uuid }: MeasuredGroup, cursor: string | null): Workload[] {
  return [
    { name: 'W1' },
    { name: 'W2', query: PAGE_OF_50 },
    { name: 'W3', query: ONE, variables: { u: 'UUID' } },
    { name: 'W4', query: CREATE, variables: { i: { name: 'NAME', group: { uuid } } } },
    { name: 'W5', query: NEXT_PAGE, variables: { after: cursor } },
    { name: 'W6', query: PAGE_OF_250 },
  ];
}

const POSTGRAPHILE_PAGE =
  'edges{cursor node{uuid name isArchived createdOn group:groupByWorkspaceIdAndGroupId{uuid name}}} pageInfo{hasNextPage endCursor}';
const POSTGRAPHILE_LIST = 'condition:{workspaceId:"1",isArchived:0,isActive:1},orderBy:[CREATED_ON_DESC,ROW_ID_DESC]';
export const POSTGRAPHILE_NEXT_PAGE = `query($after:Cursor){campaigns:allCampaigns(first:50,after:$after,${POSTGRAPHILE_LIST}){${POSTGRAPHILE_PAGE}}}`;

/** The same workloads in the schema that PostGraphile derives from the tables. It has no REST workload. */
export function postgraphileWorkloads({ id }: MeasuredGroup, cursor: string | null): Workload[] {
  const created = { workspaceId: '1', groupId: String(id), isArchived: 0, isActive: 1 };
  const times = { createdOn: '1700000000000000', modifiedOn: '1700000000000000' };
  const names = { uuid: 'NEW-UUID', name: 'NAME', nameKey: 'NAME', searchKey: 'NAME' };
  return [
    { name: 'W2', query: `{campaigns:allCampaigns(first:50,${POSTGRAPHILE_LIST}){${POSTGRAPHILE_PAGE}}}` },
    {
      name: 'W3',
      query:
        'query($u:String!){campaign:campaignByWorkspaceIdAndUuid(workspaceId:"1",uuid:$u){uuid name group:groupByWorkspaceIdAndGroupId{name}}}',
      variables: { u: 'UUID' },
    },
    {
      name: 'W4',
      query:
        'mutation($c:CampaignInput!){createCampaign(input:{campaign:$c}){campaign{uuid name isArchived createdOn group:groupByWorkspaceIdAndGroupId{uuid name}}}}',
      variables: { c: { ...created, ...times, ...names } },
    },
    { name: 'W5', query: POSTGRAPHILE_NEXT_PAGE, variables: { after: cursor } },
    { name: 'W6', query: `{campaigns:allCampaigns(first:250,${POSTGRAPHILE_LIST}){${POSTGRAPHILE_PAGE}}}` },
  ];
}
