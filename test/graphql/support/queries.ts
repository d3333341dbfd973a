export const CAMPAIGN = '089de107-5553-4c07-ab00-092b7869dae1';
export const GROUP = '7b59802d-39af-4e59-bf7b-c2ecbaac1ef5';

/** Queries whose results could differ between two executors: variables, defaults, fragments, directives, lists, nulls, errors. */
export const QUERIES: [what: string, query: string, variables?: Record<string, unknown>][] = [
  [
    'a page',
    '{ campaigns(first: 3) { edges { cursor node { id uuid name archived createdOn group { uuid name } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }',
  ],
  ['the last page', '{ campaigns(last: 3) { nodes { name } pageInfo { hasNextPage hasPreviousPage } } }'],
  [
    'all of a group',
    '{ campaigns(first: 5) { nodes { group { id name query status system contactCount createdOn } } } }',
  ],
  [
    'groups and their campaigns',
    '{ groups(first: 20) { nodes { name campaigns(first: 2) { totalCount nodes { name } pageInfo { hasNextPage } } } } }',
  ],
  ['an order that is given', '{ campaigns(first: 3, orderBy: { field: NAME }) { nodes { name } } }'],
  [
    'an order in a variable',
    'query ($o: CampaignOrder) { campaigns(first: 3, orderBy: $o) { nodes { name } } }',
    { o: { field: 'NAME', direction: 'DESC' } },
  ],
  [
    'an order that is null',
    'query ($o: CampaignOrder) { campaigns(first: 3, orderBy: $o) { nodes { name } } }',
    { o: null },
  ],
  [
    'a variable that is not given',
    'query ($first: Int, $archived: Boolean) { campaigns(first: $first, filter: { archived: $archived }) { totalCount } }',
  ],
  [
    'a variable that is null',
    'query ($archived: Boolean) { campaigns(filter: { archived: $archived }) { totalCount } }',
    { archived: null },
  ],
  [
    'the plan of an import',
    'query ($rows: [CampaignImportRow!]!) { campaignImport(rows: $rows) { created changed unchanged refused plan rows { action uuid nameBefore nameAfter groupBefore groupAfter archivedBefore archivedAfter userErrors { field code message } } } }',
    {
      rows: [
        { name: 'Planned', group: GROUP },
        { uuid: CAMPAIGN, archived: 'yes' },
        { uuid: 'none', name: '' },
      ],
    },
  ],
  ['a variable with a default', 'query ($first: Int = 2) { campaigns(first: $first) { nodes { name } } }'],
  [
    'a filter in a variable',
    'query ($f: CampaignFilter) { campaigns(filter: $f) { totalCount } }',
    { f: { search: 'loan', createdAfter: '2024-01' } },
  ],
  [
    'a filter of one of several',
    'query ($g: GroupReference!) { group(by: $g) { name } campaigns(filter: { group: $g }) { totalCount } }',
    { g: { name: 'reporters' } },
  ],
  [
    'a list from a single value',
    'query ($u: [UUID!]) { campaigns(filter: { uuids: $u }) { nodes { name } } }',
    { u: CAMPAIGN },
  ],
  [
    'fragments and aliases',
    'query { a: campaign(uuid: "' +
      CAMPAIGN +
      '") { ...F } b: group(by: { uuid: "' +
      GROUP +
      '" }) { ... on Group { n: name } } } fragment F on Campaign { name group { ...G } } fragment G on Group { name }',
  ],
  [
    'skipped and included fields',
    'query ($yes: Boolean!, $no: Boolean!) { viewer { role @include(if: $yes) user @skip(if: $yes) { email } workspace @include(if: $no) { name } } }',
    { yes: true, no: false },
  ],
  [
    'nodes of several types',
    'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Campaign { name } ... on Group { status } } }',
    {
      ids: [
        Buffer.from(`Campaign:${CAMPAIGN}`).toString('base64url'),
        'nothing',
        Buffer.from(`Group:${GROUP}`).toString('base64url'),
      ],
    },
  ],
  ['what there is not', '{ campaign(uuid: "00000000-0000-4000-8000-000000000000") { name } node(id: "x") { id } }'],
  ['a UUID in other letters', 'query ($u: UUID!) { campaign(uuid: $u) { uuid } }', { u: CAMPAIGN.toUpperCase() }],
  ['type names', '{ __typename viewer { __typename } campaigns(first: 1) { __typename nodes { __typename } } }'],
  ['a field asked for twice', '{ viewer { role } viewer { role user { email } } }'],
  [
    'all of the viewer',
    `{ viewer { role user { email } rateLimit { limit remaining resetAt } workspace { uuid name upstream {
      url state problem since lastContactAt completeAsOf lagSeconds budget { allowedPerHour usedLastHour }
    } } } }`,
  ],
  [
    'all of a campaign and of the groups',
    `{ campaign(uuid: "${CAMPAIGN}") { id uuid name archived group { id uuid name } createdOn modifiedOn }
      groups(first: 3) { edges { cursor node { id uuid name query status system contactCount createdOn } } nodes { id }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }`,
  ],
  [
    'the campaigns of a group',
    '{ group(by: { name: "Reporters" }) { campaigns { edges { cursor node { name } } pageInfo { endCursor } totalCount } } }',
  ],
  [
    'the changes',
    `{ changes(first: 5) { edges { cursor node { id uuid revision at action actor { email token } origin subjectType subjectUuid
      subject { __typename ... on Campaign { name } ... on Group { status } } deletedId fields { name before after } } }
      nodes { id } pageInfo { hasNextPage } totalCount } }`,
  ],
  [
    'the webhooks',
    `{ webhooks { uuid name url state revision createdOn deliveredRevision lastDeliveredOn failingSince lastError nextTryOn previousSecretUntil
      failures { failedOn revision status error } } }`,
  ],
  [
    'errors of fields',
    '{ campaignErrors(name: "a\\"b") { field code message character takenByItem accountMessage current { __typename } } }',
  ],
  ['one node', '{ node(id: "Q2FtcGFpZ246MDg5ZGUxMDctNTU1My00YzA3LWFiMDAtMDkyYjc4NjlkYWUx") { id } }'],
  ['an argument that is refused', '{ viewer { role } campaigns(first: 0) { totalCount } }'],
  ['a cursor that is refused', '{ campaigns(after: "zzz") { totalCount } }'],
  ['a variable of the wrong type', 'query ($first: Int) { campaigns(first: $first) { totalCount } }', { first: 'ten' }],
  ['a variable that is missing', 'query ($u: UUID!) { campaign(uuid: $u) { name } }'],
  ['a UUID that is none', 'query ($u: UUID!) { campaign(uuid: $u) { name } }', { u: 'x' }],
  [
    'a time that is none',
    'query ($t: DateTime) { campaigns(filter: { createdAfter: $t }) { totalCount } }',
    { t: 'yesterday' },
  ],
  [
    'two references at once',
    'query ($g: GroupReference!) { group(by: $g) { name } }',
    { g: { name: 'x', uuid: GROUP } },
  ],
];

/** Queries whose responses contain the database's epoch, or other values that differ between databases. */
export const QUERIES_OF_ONE_DATABASE: typeof QUERIES = [
  [
    'histories, and cursors of the changes',
    `{ campaigns(first: 2) { ...More nodes { revision history(first: 2) { nodes { revision } totalCount } } }
      groups(first: 2) { changesCursor nodes { revision history { edges { cursor } } campaigns(first: 1) { changesCursor } } } }
      fragment More on CampaignConnection { changesCursor }`,
  ],
  [
    'members, their tokens, and the own ones',
    `{ members(first: 3) { edges { cursor node { id uuid email role active createdOn revision } } changesCursor
         nodes { email } pageInfo { hasNextPage endCursor } totalCount }
       apiTokens(first: 3) { edges { cursor node { id uuid name owner role maxRole createdOn lastUsedOn expiresOn revision
         member { email role } } } changesCursor nodes { name } pageInfo { hasPreviousPage } totalCount }
       viewer { member { email role } token { name role member { uuid } } } }`,
  ],
  [
    'members found by words',
    `{ members(filter: { search: "EXAMPLE a" }, orderBy: { field: CREATED, direction: DESC }) { totalCount nodes { email } } }`,
  ],
  ['tokens of one member', `{ apiTokens(filter: { member: "${CAMPAIGN}" }) { totalCount nodes { name } } }`],
];
