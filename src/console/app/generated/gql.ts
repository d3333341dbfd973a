/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment ActivityRow on Change {\n    ...ChangeEntry\n    at\n    subjectType\n    subject {\n      ... on Campaign {\n        uuid\n        name\n      }\n      ... on Group {\n        uuid\n        name\n      }\n      ... on Member {\n        email\n      }\n      ... on ApiToken {\n        tokenName: name\n      }\n    }\n  }\n": typeof types.ActivityRowFragmentDoc,
    "\n  query Activity(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $filter: ChangeFilter\n    $counted: Boolean!\n    $backwards: Boolean!\n  ) {\n    changes(first: $first, after: $after, last: $last, before: $before, filter: $filter) {\n      edges {\n        cursor\n        node {\n          id\n          ...ActivityRow\n        }\n      }\n      pageInfo {\n        hasNextPage @include(if: $backwards)\n        hasPreviousPage @skip(if: $backwards)\n      }\n      totalCount @include(if: $counted)\n    }\n  }\n": typeof types.ActivityDocument,
    "\n  query ActivityPeople {\n    changes(last: 250) {\n      nodes {\n        actor {\n          email\n        }\n      }\n    }\n  }\n": typeof types.ActivityPeopleDocument,
    "\n  fragment InputError on UserError {\n    field\n    code\n    message\n    character\n  }\n": typeof types.InputErrorFragmentDoc,
    "\n  mutation CreateCampaign($input: CreateCampaignInput!) {\n    createCampaign(input: $input) {\n      campaign {\n        ...CampaignRow\n      }\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": typeof types.CreateCampaignDocument,
    "\n  mutation UpdateCampaign($input: UpdateCampaignInput!) {\n    updateCampaign(input: $input) {\n      campaign {\n        ...CampaignRow\n      }\n      userErrors {\n        ...InputError\n        code\n        current {\n          ... on Campaign {\n            ...CampaignRow\n          }\n        }\n      }\n    }\n  }\n": typeof types.UpdateCampaignDocument,
    "\n  mutation DeleteCampaign($uuid: UUID!, $expectedRevision: Int) {\n    deleteCampaign(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {\n      deletedCampaignId\n      userErrors {\n        ...InputError\n        code\n        current {\n          ... on Campaign {\n            ...CampaignRow\n          }\n        }\n      }\n    }\n  }\n": typeof types.DeleteCampaignDocument,
    "\n  query CampaignSpan($archived: Boolean, $group: GroupReference) {\n    newest: campaigns(\n      first: 1\n      filter: { archived: $archived, group: $group }\n      orderBy: { field: CREATED, direction: DESC }\n    ) {\n      nodes {\n        createdOn\n      }\n    }\n    oldest: campaigns(\n      first: 1\n      filter: { archived: $archived, group: $group }\n      orderBy: { field: CREATED, direction: ASC }\n    ) {\n      nodes {\n        createdOn\n      }\n    }\n  }\n": typeof types.CampaignSpanDocument,
    "\n  fragment CampaignRow on Campaign {\n    id\n    uuid\n    name\n    archived\n    createdOn\n    modifiedOn\n    revision\n    group {\n      uuid\n      name\n    }\n  }\n": typeof types.CampaignRowFragmentDoc,
    "\n  fragment ItemError on UserError {\n    ...InputError\n    field\n    code\n  }\n": typeof types.ItemErrorFragmentDoc,
    "\n  mutation UpdateCampaigns($campaigns: [CampaignChanges!]!) {\n    updateCampaigns(input: { campaigns: $campaigns }) {\n      campaigns {\n        ...CampaignRow\n      }\n      userErrors {\n        ...ItemError\n      }\n    }\n  }\n": typeof types.UpdateCampaignsDocument,
    "\n  mutation DeleteCampaigns($campaigns: [CampaignToDelete!]!) {\n    deleteCampaigns(input: { campaigns: $campaigns }) {\n      deletedCampaignIds\n      userErrors {\n        ...ItemError\n      }\n    }\n  }\n": typeof types.DeleteCampaignsDocument,
    "\n  query PresentCampaigns($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      ... on Campaign {\n        ...CampaignRow\n      }\n    }\n  }\n": typeof types.PresentCampaignsDocument,
    "\n  fragment CampaignsPage on CampaignConnection {\n    edges {\n      cursor\n      node {\n        id\n        ...CampaignRow\n      }\n    }\n  }\n": typeof types.CampaignsPageFragmentDoc,
    "\n  query StartCampaigns($first: Int!, $filter: CampaignFilter, $orderBy: CampaignOrder) {\n    viewer {\n      ...ViewerFields\n    }\n    campaigns(first: $first, filter: $filter, orderBy: $orderBy) {\n      ...CampaignsPage\n      pageInfo {\n        hasNextPage\n      }\n      totalCount\n      changesCursor\n    }\n  }\n": typeof types.StartCampaignsDocument,
    "\n  query Campaign($uuid: UUID!) {\n    campaign(uuid: $uuid) {\n      ...CampaignRow\n    }\n  }\n": typeof types.CampaignDocument,
    "\n  query Campaigns(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $startAt: ListPlace\n    $filter: CampaignFilter\n    $orderBy: CampaignOrder\n    $counted: Boolean!\n    $backwards: Boolean!\n  ) {\n    campaigns(\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n      startAt: $startAt\n      filter: $filter\n      orderBy: $orderBy\n    ) {\n      ...CampaignsPage\n      pageInfo {\n        hasNextPage @skip(if: $backwards)\n        hasPreviousPage @include(if: $backwards)\n      }\n      totalCount @include(if: $counted)\n    }\n  }\n": typeof types.CampaignsDocument,
    "\n  fragment ChangeEntry on Change {\n    id\n    at\n    action\n    origin\n    actor {\n      email\n      token\n    }\n    subjectType\n    fields {\n      name\n      before\n      after\n    }\n  }\n": typeof types.ChangeEntryFragmentDoc,
    "\n  query LastAuthor($uuid: UUID!) {\n    changes(last: 1, filter: { uuids: [$uuid] }) {\n      nodes {\n        actor {\n          email\n        }\n      }\n    }\n  }\n": typeof types.LastAuthorDocument,
    "\n  query CampaignHistory($uuid: UUID!, $first: Int!, $after: String) {\n    campaign(uuid: $uuid) {\n      history(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...ChangeEntry\n          }\n        }\n        pageInfo {\n          hasNextPage\n        }\n      }\n    }\n  }\n": typeof types.CampaignHistoryDocument,
    "\n  query GroupHistory($uuid: UUID!, $first: Int!, $after: String) {\n    group(by: { uuid: $uuid }) {\n      history(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...ChangeEntry\n          }\n        }\n        pageInfo {\n          hasNextPage\n        }\n      }\n    }\n  }\n": typeof types.GroupHistoryDocument,
    "\n  subscription LiveChanges($after: String!) {\n    changes(after: $after, first: 250) {\n      changes {\n        subjectType\n      }\n      cursor\n      upToDate\n    }\n  }\n": typeof types.LiveChangesDocument,
    "\n  query NewChanges($after: String!) {\n    changes(after: $after, first: 250) {\n      nodes {\n        subjectType\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.NewChangesDocument,
    "\n  query Find($search: String!) {\n    campaigns(first: 6, filter: { search: $search, archived: null }) {\n      nodes {\n        uuid\n        name\n        archived\n        group {\n          name\n        }\n      }\n    }\n    groups(first: 4, filter: { search: $search }, orderBy: { field: NAME, direction: ASC }) {\n      nodes {\n        uuid\n        name\n      }\n    }\n  }\n": typeof types.FindDocument,
    "\n  mutation CreateGroup($name: String!) {\n    createGroup(input: { name: $name }) {\n      group {\n        ...GroupRow\n      }\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": typeof types.CreateGroupDocument,
    "\n  mutation RenameGroup($uuid: UUID!, $name: String!, $expectedRevision: Int!) {\n    updateGroup(input: { uuid: $uuid, name: $name, expectedRevision: $expectedRevision }) {\n      group {\n        ...GroupRow\n      }\n      userErrors {\n        ...InputError\n        code\n        current {\n          ... on Group {\n            ...GroupRow\n          }\n        }\n      }\n    }\n  }\n": typeof types.RenameGroupDocument,
    "\n  mutation DeleteGroup($uuid: UUID!, $expectedRevision: Int!) {\n    deleteGroup(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {\n      deletedGroupId\n      userErrors {\n        ...InputError\n        code\n        current {\n          ... on Group {\n            ...GroupRow\n          }\n        }\n      }\n    }\n  }\n": typeof types.DeleteGroupDocument,
    "\n  fragment GroupRow on Group {\n    id\n    uuid\n    name\n    query\n    status\n    system\n    contactCount\n    revision\n    campaigns(first: 1) {\n      totalCount\n    }\n  }\n": typeof types.GroupRowFragmentDoc,
    "\n  fragment GroupsPage on GroupConnection {\n    edges {\n      cursor\n      node {\n        id\n        ...GroupRow\n      }\n    }\n  }\n": typeof types.GroupsPageFragmentDoc,
    "\n  query StartGroups($first: Int!, $search: String) {\n    viewer {\n      ...ViewerFields\n    }\n    groups(first: $first, filter: { search: $search }, orderBy: { field: NAME, direction: ASC }) {\n      ...GroupsPage\n      pageInfo {\n        hasNextPage\n      }\n      totalCount\n      changesCursor\n    }\n  }\n": typeof types.StartGroupsDocument,
    "\n  query GroupDetails($uuid: UUID!) {\n    group(by: { uuid: $uuid }) {\n      ...GroupRow\n    }\n  }\n": typeof types.GroupDetailsDocument,
    "\n  query GroupOptions($search: String, $first: Int!) {\n    groups(first: $first, filter: { search: $search }, orderBy: { field: NAME, direction: ASC }) {\n      nodes {\n        uuid\n        name\n      }\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n": typeof types.GroupOptionsDocument,
    "\n  query GroupName($uuid: UUID!) {\n    group(by: { uuid: $uuid }) {\n      uuid\n      name\n    }\n  }\n": typeof types.GroupNameDocument,
    "\n  query Groups(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $startAt: ListPlace\n    $search: String\n    $counted: Boolean!\n    $backwards: Boolean!\n  ) {\n    groups(\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n      startAt: $startAt\n      filter: { search: $search }\n      orderBy: { field: NAME, direction: ASC }\n    ) {\n      ...GroupsPage\n      pageInfo {\n        hasNextPage @skip(if: $backwards)\n        hasPreviousPage @include(if: $backwards)\n      }\n      totalCount @include(if: $counted)\n    }\n  }\n": typeof types.GroupsDocument,
    "\n  mutation InviteMember($email: String!, $role: Role!) {\n    inviteMember(input: { email: $email, role: $role }) {\n      key\n      member {\n        email\n      }\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": typeof types.InviteMemberDocument,
    "\n  mutation UpdateMember($uuid: UUID!, $role: Role!, $expectedRevision: Int!) {\n    updateMember(input: { uuid: $uuid, role: $role, expectedRevision: $expectedRevision }) {\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": typeof types.UpdateMemberDocument,
    "\n  mutation RemoveMember($uuid: UUID!, $expectedRevision: Int!) {\n    removeMember(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": typeof types.RemoveMemberDocument,
    "\n  mutation CreateApiToken($name: String!, $member: UUID, $maxRole: Role, $expiresOn: DateTime) {\n    createApiToken(input: { name: $name, member: $member, maxRole: $maxRole, expiresOn: $expiresOn }) {\n      key\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": typeof types.CreateApiTokenDocument,
    "\n  mutation RevokeApiToken($uuid: UUID!) {\n    revokeApiToken(input: { uuid: $uuid }) {\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": typeof types.RevokeApiTokenDocument,
    "\n  fragment MemberRow on Member {\n    uuid\n    email\n    role\n    active\n    createdOn\n    revision\n  }\n": typeof types.MemberRowFragmentDoc,
    "\n  query Members(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $search: String\n    $counted: Boolean!\n    $backwards: Boolean!\n  ) {\n    members(first: $first, after: $after, last: $last, before: $before, filter: { search: $search }) {\n      edges {\n        cursor\n        node {\n          id\n          ...MemberRow\n        }\n      }\n      pageInfo {\n        hasNextPage @skip(if: $backwards)\n        hasPreviousPage @include(if: $backwards)\n      }\n      totalCount @include(if: $counted)\n    }\n  }\n": typeof types.MembersDocument,
    "\n  fragment TokenRow on ApiToken {\n    uuid\n    name\n    owner\n    role\n    createdOn\n    lastUsedOn\n    expiresOn\n  }\n": typeof types.TokenRowFragmentDoc,
    "\n  query Tokens($first: Int, $after: String, $last: Int, $before: String, $counted: Boolean!, $backwards: Boolean!) {\n    apiTokens(first: $first, after: $after, last: $last, before: $before) {\n      edges {\n        cursor\n        node {\n          id\n          ...TokenRow\n        }\n      }\n      pageInfo {\n        hasNextPage @skip(if: $backwards)\n        hasPreviousPage @include(if: $backwards)\n      }\n      totalCount @include(if: $counted)\n    }\n  }\n": typeof types.TokensDocument,
    "\n  query OwnToken {\n    viewer {\n      token {\n        uuid\n        expiresOn\n      }\n    }\n  }\n": typeof types.OwnTokenDocument,
    "\n  fragment ViewerFields on Viewer {\n    role\n    user {\n      email\n    }\n    workspace {\n      uuid\n      name\n      upstream {\n        url\n      }\n    }\n  }\n": typeof types.ViewerFieldsFragmentDoc,
    "\n  query Viewer {\n    viewer {\n      ...ViewerFields\n    }\n    campaigns(first: 1) {\n      changesCursor\n    }\n  }\n": typeof types.ViewerDocument,
    "\n  query Upstream {\n    viewer {\n      workspace {\n        upstream {\n          url\n          state\n          problem\n          lastContactAt\n          completeAsOf\n        }\n      }\n    }\n  }\n": typeof types.UpstreamDocument,
    "\n  fragment WebhookCardFields on Webhook {\n    uuid\n    name\n    url\n    state\n    revision\n    lastDeliveredOn\n    failingSince\n    lastError\n    nextTryOn\n    previousSecretUntil\n    failures {\n      failedOn\n      error\n    }\n  }\n": typeof types.WebhookCardFieldsFragmentDoc,
    "\n  query Webhooks {\n    webhooks {\n      ...WebhookCardFields\n    }\n  }\n": typeof types.WebhooksDocument,
    "\n  mutation CreateWebhook($name: String!, $url: String!) {\n    createWebhook(input: { name: $name, url: $url }) {\n      secret\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": typeof types.CreateWebhookDocument,
    "\n  mutation UpdateWebhook($input: UpdateWebhookInput!) {\n    updateWebhook(input: $input) {\n      userErrors {\n        ...InputError\n        code\n      }\n    }\n  }\n": typeof types.UpdateWebhookDocument,
    "\n  mutation RotateWebhookSecret($uuid: UUID!, $expectedRevision: Int!) {\n    rotateWebhookSecret(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {\n      secret\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": typeof types.RotateWebhookSecretDocument,
    "\n  mutation DeleteWebhook($uuid: UUID!, $expectedRevision: Int!) {\n    deleteWebhook(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": typeof types.DeleteWebhookDocument,
};
const documents: Documents = {
    "\n  fragment ActivityRow on Change {\n    ...ChangeEntry\n    at\n    subjectType\n    subject {\n      ... on Campaign {\n        uuid\n        name\n      }\n      ... on Group {\n        uuid\n        name\n      }\n      ... on Member {\n        email\n      }\n      ... on ApiToken {\n        tokenName: name\n      }\n    }\n  }\n": types.ActivityRowFragmentDoc,
    "\n  query Activity(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $filter: ChangeFilter\n    $counted: Boolean!\n    $backwards: Boolean!\n  ) {\n    changes(first: $first, after: $after, last: $last, before: $before, filter: $filter) {\n      edges {\n        cursor\n        node {\n          id\n          ...ActivityRow\n        }\n      }\n      pageInfo {\n        hasNextPage @include(if: $backwards)\n        hasPreviousPage @skip(if: $backwards)\n      }\n      totalCount @include(if: $counted)\n    }\n  }\n": types.ActivityDocument,
    "\n  query ActivityPeople {\n    changes(last: 250) {\n      nodes {\n        actor {\n          email\n        }\n      }\n    }\n  }\n": types.ActivityPeopleDocument,
    "\n  fragment InputError on UserError {\n    field\n    code\n    message\n    character\n  }\n": types.InputErrorFragmentDoc,
    "\n  mutation CreateCampaign($input: CreateCampaignInput!) {\n    createCampaign(input: $input) {\n      campaign {\n        ...CampaignRow\n      }\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": types.CreateCampaignDocument,
    "\n  mutation UpdateCampaign($input: UpdateCampaignInput!) {\n    updateCampaign(input: $input) {\n      campaign {\n        ...CampaignRow\n      }\n      userErrors {\n        ...InputError\n        code\n        current {\n          ... on Campaign {\n            ...CampaignRow\n          }\n        }\n      }\n    }\n  }\n": types.UpdateCampaignDocument,
    "\n  mutation DeleteCampaign($uuid: UUID!, $expectedRevision: Int) {\n    deleteCampaign(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {\n      deletedCampaignId\n      userErrors {\n        ...InputError\n        code\n        current {\n          ... on Campaign {\n            ...CampaignRow\n          }\n        }\n      }\n    }\n  }\n": types.DeleteCampaignDocument,
    "\n  query CampaignSpan($archived: Boolean, $group: GroupReference) {\n    newest: campaigns(\n      first: 1\n      filter: { archived: $archived, group: $group }\n      orderBy: { field: CREATED, direction: DESC }\n    ) {\n      nodes {\n        createdOn\n      }\n    }\n    oldest: campaigns(\n      first: 1\n      filter: { archived: $archived, group: $group }\n      orderBy: { field: CREATED, direction: ASC }\n    ) {\n      nodes {\n        createdOn\n      }\n    }\n  }\n": types.CampaignSpanDocument,
    "\n  fragment CampaignRow on Campaign {\n    id\n    uuid\n    name\n    archived\n    createdOn\n    modifiedOn\n    revision\n    group {\n      uuid\n      name\n    }\n  }\n": types.CampaignRowFragmentDoc,
    "\n  fragment ItemError on UserError {\n    ...InputError\n    field\n    code\n  }\n": types.ItemErrorFragmentDoc,
    "\n  mutation UpdateCampaigns($campaigns: [CampaignChanges!]!) {\n    updateCampaigns(input: { campaigns: $campaigns }) {\n      campaigns {\n        ...CampaignRow\n      }\n      userErrors {\n        ...ItemError\n      }\n    }\n  }\n": types.UpdateCampaignsDocument,
    "\n  mutation DeleteCampaigns($campaigns: [CampaignToDelete!]!) {\n    deleteCampaigns(input: { campaigns: $campaigns }) {\n      deletedCampaignIds\n      userErrors {\n        ...ItemError\n      }\n    }\n  }\n": types.DeleteCampaignsDocument,
    "\n  query PresentCampaigns($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      ... on Campaign {\n        ...CampaignRow\n      }\n    }\n  }\n": types.PresentCampaignsDocument,
    "\n  fragment CampaignsPage on CampaignConnection {\n    edges {\n      cursor\n      node {\n        id\n        ...CampaignRow\n      }\n    }\n  }\n": types.CampaignsPageFragmentDoc,
    "\n  query StartCampaigns($first: Int!, $filter: CampaignFilter, $orderBy: CampaignOrder) {\n    viewer {\n      ...ViewerFields\n    }\n    campaigns(first: $first, filter: $filter, orderBy: $orderBy) {\n      ...CampaignsPage\n      pageInfo {\n        hasNextPage\n      }\n      totalCount\n      changesCursor\n    }\n  }\n": types.StartCampaignsDocument,
    "\n  query Campaign($uuid: UUID!) {\n    campaign(uuid: $uuid) {\n      ...CampaignRow\n    }\n  }\n": types.CampaignDocument,
    "\n  query Campaigns(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $startAt: ListPlace\n    $filter: CampaignFilter\n    $orderBy: CampaignOrder\n    $counted: Boolean!\n    $backwards: Boolean!\n  ) {\n    campaigns(\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n      startAt: $startAt\n      filter: $filter\n      orderBy: $orderBy\n    ) {\n      ...CampaignsPage\n      pageInfo {\n        hasNextPage @skip(if: $backwards)\n        hasPreviousPage @include(if: $backwards)\n      }\n      totalCount @include(if: $counted)\n    }\n  }\n": types.CampaignsDocument,
    "\n  fragment ChangeEntry on Change {\n    id\n    at\n    action\n    origin\n    actor {\n      email\n      token\n    }\n    subjectType\n    fields {\n      name\n      before\n      after\n    }\n  }\n": types.ChangeEntryFragmentDoc,
    "\n  query LastAuthor($uuid: UUID!) {\n    changes(last: 1, filter: { uuids: [$uuid] }) {\n      nodes {\n        actor {\n          email\n        }\n      }\n    }\n  }\n": types.LastAuthorDocument,
    "\n  query CampaignHistory($uuid: UUID!, $first: Int!, $after: String) {\n    campaign(uuid: $uuid) {\n      history(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...ChangeEntry\n          }\n        }\n        pageInfo {\n          hasNextPage\n        }\n      }\n    }\n  }\n": types.CampaignHistoryDocument,
    "\n  query GroupHistory($uuid: UUID!, $first: Int!, $after: String) {\n    group(by: { uuid: $uuid }) {\n      history(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...ChangeEntry\n          }\n        }\n        pageInfo {\n          hasNextPage\n        }\n      }\n    }\n  }\n": types.GroupHistoryDocument,
    "\n  subscription LiveChanges($after: String!) {\n    changes(after: $after, first: 250) {\n      changes {\n        subjectType\n      }\n      cursor\n      upToDate\n    }\n  }\n": types.LiveChangesDocument,
    "\n  query NewChanges($after: String!) {\n    changes(after: $after, first: 250) {\n      nodes {\n        subjectType\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.NewChangesDocument,
    "\n  query Find($search: String!) {\n    campaigns(first: 6, filter: { search: $search, archived: null }) {\n      nodes {\n        uuid\n        name\n        archived\n        group {\n          name\n        }\n      }\n    }\n    groups(first: 4, filter: { search: $search }, orderBy: { field: NAME, direction: ASC }) {\n      nodes {\n        uuid\n        name\n      }\n    }\n  }\n": types.FindDocument,
    "\n  mutation CreateGroup($name: String!) {\n    createGroup(input: { name: $name }) {\n      group {\n        ...GroupRow\n      }\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": types.CreateGroupDocument,
    "\n  mutation RenameGroup($uuid: UUID!, $name: String!, $expectedRevision: Int!) {\n    updateGroup(input: { uuid: $uuid, name: $name, expectedRevision: $expectedRevision }) {\n      group {\n        ...GroupRow\n      }\n      userErrors {\n        ...InputError\n        code\n        current {\n          ... on Group {\n            ...GroupRow\n          }\n        }\n      }\n    }\n  }\n": types.RenameGroupDocument,
    "\n  mutation DeleteGroup($uuid: UUID!, $expectedRevision: Int!) {\n    deleteGroup(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {\n      deletedGroupId\n      userErrors {\n        ...InputError\n        code\n        current {\n          ... on Group {\n            ...GroupRow\n          }\n        }\n      }\n    }\n  }\n": types.DeleteGroupDocument,
    "\n  fragment GroupRow on Group {\n    id\n    uuid\n    name\n    query\n    status\n    system\n    contactCount\n    revision\n    campaigns(first: 1) {\n      totalCount\n    }\n  }\n": types.GroupRowFragmentDoc,
    "\n  fragment GroupsPage on GroupConnection {\n    edges {\n      cursor\n      node {\n        id\n        ...GroupRow\n      }\n    }\n  }\n": types.GroupsPageFragmentDoc,
    "\n  query StartGroups($first: Int!, $search: String) {\n    viewer {\n      ...ViewerFields\n    }\n    groups(first: $first, filter: { search: $search }, orderBy: { field: NAME, direction: ASC }) {\n      ...GroupsPage\n      pageInfo {\n        hasNextPage\n      }\n      totalCount\n      changesCursor\n    }\n  }\n": types.StartGroupsDocument,
    "\n  query GroupDetails($uuid: UUID!) {\n    group(by: { uuid: $uuid }) {\n      ...GroupRow\n    }\n  }\n": types.GroupDetailsDocument,
    "\n  query GroupOptions($search: String, $first: Int!) {\n    groups(first: $first, filter: { search: $search }, orderBy: { field: NAME, direction: ASC }) {\n      nodes {\n        uuid\n        name\n      }\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n": types.GroupOptionsDocument,
    "\n  query GroupName($uuid: UUID!) {\n    group(by: { uuid: $uuid }) {\n      uuid\n      name\n    }\n  }\n": types.GroupNameDocument,
    "\n  query Groups(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $startAt: ListPlace\n    $search: String\n    $counted: Boolean!\n    $backwards: Boolean!\n  ) {\n    groups(\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n      startAt: $startAt\n      filter: { search: $search }\n      orderBy: { field: NAME, direction: ASC }\n    ) {\n      ...GroupsPage\n      pageInfo {\n        hasNextPage @skip(if: $backwards)\n        hasPreviousPage @include(if: $backwards)\n      }\n      totalCount @include(if: $counted)\n    }\n  }\n": types.GroupsDocument,
    "\n  mutation InviteMember($email: String!, $role: Role!) {\n    inviteMember(input: { email: $email, role: $role }) {\n      key\n      member {\n        email\n      }\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": types.InviteMemberDocument,
    "\n  mutation UpdateMember($uuid: UUID!, $role: Role!, $expectedRevision: Int!) {\n    updateMember(input: { uuid: $uuid, role: $role, expectedRevision: $expectedRevision }) {\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": types.UpdateMemberDocument,
    "\n  mutation RemoveMember($uuid: UUID!, $expectedRevision: Int!) {\n    removeMember(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": types.RemoveMemberDocument,
    "\n  mutation CreateApiToken($name: String!, $member: UUID, $maxRole: Role, $expiresOn: DateTime) {\n    createApiToken(input: { name: $name, member: $member, maxRole: $maxRole, expiresOn: $expiresOn }) {\n      key\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": types.CreateApiTokenDocument,
    "\n  mutation RevokeApiToken($uuid: UUID!) {\n    revokeApiToken(input: { uuid: $uuid }) {\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": types.RevokeApiTokenDocument,
    "\n  fragment MemberRow on Member {\n    uuid\n    email\n    role\n    active\n    createdOn\n    revision\n  }\n": types.MemberRowFragmentDoc,
    "\n  query Members(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $search: String\n    $counted: Boolean!\n    $backwards: Boolean!\n  ) {\n    members(first: $first, after: $after, last: $last, before: $before, filter: { search: $search }) {\n      edges {\n        cursor\n        node {\n          id\n          ...MemberRow\n        }\n      }\n      pageInfo {\n        hasNextPage @skip(if: $backwards)\n        hasPreviousPage @include(if: $backwards)\n      }\n      totalCount @include(if: $counted)\n    }\n  }\n": types.MembersDocument,
    "\n  fragment TokenRow on ApiToken {\n    uuid\n    name\n    owner\n    role\n    createdOn\n    lastUsedOn\n    expiresOn\n  }\n": types.TokenRowFragmentDoc,
    "\n  query Tokens($first: Int, $after: String, $last: Int, $before: String, $counted: Boolean!, $backwards: Boolean!) {\n    apiTokens(first: $first, after: $after, last: $last, before: $before) {\n      edges {\n        cursor\n        node {\n          id\n          ...TokenRow\n        }\n      }\n      pageInfo {\n        hasNextPage @skip(if: $backwards)\n        hasPreviousPage @include(if: $backwards)\n      }\n      totalCount @include(if: $counted)\n    }\n  }\n": types.TokensDocument,
    "\n  query OwnToken {\n    viewer {\n      token {\n        uuid\n        expiresOn\n      }\n    }\n  }\n": types.OwnTokenDocument,
    "\n  fragment ViewerFields on Viewer {\n    role\n    user {\n      email\n    }\n    workspace {\n      uuid\n      name\n      upstream {\n        url\n      }\n    }\n  }\n": types.ViewerFieldsFragmentDoc,
    "\n  query Viewer {\n    viewer {\n      ...ViewerFields\n    }\n    campaigns(first: 1) {\n      changesCursor\n    }\n  }\n": types.ViewerDocument,
    "\n  query Upstream {\n    viewer {\n      workspace {\n        upstream {\n          url\n          state\n          problem\n          lastContactAt\n          completeAsOf\n        }\n      }\n    }\n  }\n": types.UpstreamDocument,
    "\n  fragment WebhookCardFields on Webhook {\n    uuid\n    name\n    url\n    state\n    revision\n    lastDeliveredOn\n    failingSince\n    lastError\n    nextTryOn\n    previousSecretUntil\n    failures {\n      failedOn\n      error\n    }\n  }\n": types.WebhookCardFieldsFragmentDoc,
    "\n  query Webhooks {\n    webhooks {\n      ...WebhookCardFields\n    }\n  }\n": types.WebhooksDocument,
    "\n  mutation CreateWebhook($name: String!, $url: String!) {\n    createWebhook(input: { name: $name, url: $url }) {\n      secret\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": types.CreateWebhookDocument,
    "\n  mutation UpdateWebhook($input: UpdateWebhookInput!) {\n    updateWebhook(input: $input) {\n      userErrors {\n        ...InputError\n        code\n      }\n    }\n  }\n": types.UpdateWebhookDocument,
    "\n  mutation RotateWebhookSecret($uuid: UUID!, $expectedRevision: Int!) {\n    rotateWebhookSecret(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {\n      secret\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": types.RotateWebhookSecretDocument,
    "\n  mutation DeleteWebhook($uuid: UUID!, $expectedRevision: Int!) {\n    deleteWebhook(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n": types.DeleteWebhookDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ActivityRow on Change {\n    ...ChangeEntry\n    at\n    subjectType\n    subject {\n      ... on Campaign {\n        uuid\n        name\n      }\n      ... on Group {\n        uuid\n        name\n      }\n      ... on Member {\n        email\n      }\n      ... on ApiToken {\n        tokenName: name\n      }\n    }\n  }\n"): typeof import('./graphql').ActivityRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Activity(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $filter: ChangeFilter\n    $counted: Boolean!\n    $backwards: Boolean!\n  ) {\n    changes(first: $first, after: $after, last: $last, before: $before, filter: $filter) {\n      edges {\n        cursor\n        node {\n          id\n          ...ActivityRow\n        }\n      }\n      pageInfo {\n        hasNextPage @include(if: $backwards)\n        hasPreviousPage @skip(if: $backwards)\n      }\n      totalCount @include(if: $counted)\n    }\n  }\n"): typeof import('./graphql').ActivityDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ActivityPeople {\n    changes(last: 250) {\n      nodes {\n        actor {\n          email\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').ActivityPeopleDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment InputError on UserError {\n    field\n    code\n    message\n    character\n  }\n"): typeof import('./graphql').InputErrorFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateCampaign($input: CreateCampaignInput!) {\n    createCampaign(input: $input) {\n      campaign {\n        ...CampaignRow\n      }\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n"): typeof import('./graphql').CreateCampaignDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateCampaign($input: UpdateCampaignInput!) {\n    updateCampaign(input: $input) {\n      campaign {\n        ...CampaignRow\n      }\n      userErrors {\n        ...InputError\n        code\n        current {\n          ... on Campaign {\n            ...CampaignRow\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').UpdateCampaignDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteCampaign($uuid: UUID!, $expectedRevision: Int) {\n    deleteCampaign(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {\n      deletedCampaignId\n      userErrors {\n        ...InputError\n        code\n        current {\n          ... on Campaign {\n            ...CampaignRow\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').DeleteCampaignDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CampaignSpan($archived: Boolean, $group: GroupReference) {\n    newest: campaigns(\n      first: 1\n      filter: { archived: $archived, group: $group }\n      orderBy: { field: CREATED, direction: DESC }\n    ) {\n      nodes {\n        createdOn\n      }\n    }\n    oldest: campaigns(\n      first: 1\n      filter: { archived: $archived, group: $group }\n      orderBy: { field: CREATED, direction: ASC }\n    ) {\n      nodes {\n        createdOn\n      }\n    }\n  }\n"): typeof import('./graphql').CampaignSpanDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CampaignRow on Campaign {\n    id\n    uuid\n    name\n    archived\n    createdOn\n    modifiedOn\n    revision\n    group {\n      uuid\n      name\n    }\n  }\n"): typeof import('./graphql').CampaignRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ItemError on UserError {\n    ...InputError\n    field\n    code\n  }\n"): typeof import('./graphql').ItemErrorFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateCampaigns($campaigns: [CampaignChanges!]!) {\n    updateCampaigns(input: { campaigns: $campaigns }) {\n      campaigns {\n        ...CampaignRow\n      }\n      userErrors {\n        ...ItemError\n      }\n    }\n  }\n"): typeof import('./graphql').UpdateCampaignsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteCampaigns($campaigns: [CampaignToDelete!]!) {\n    deleteCampaigns(input: { campaigns: $campaigns }) {\n      deletedCampaignIds\n      userErrors {\n        ...ItemError\n      }\n    }\n  }\n"): typeof import('./graphql').DeleteCampaignsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PresentCampaigns($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      ... on Campaign {\n        ...CampaignRow\n      }\n    }\n  }\n"): typeof import('./graphql').PresentCampaignsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CampaignsPage on CampaignConnection {\n    edges {\n      cursor\n      node {\n        id\n        ...CampaignRow\n      }\n    }\n  }\n"): typeof import('./graphql').CampaignsPageFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StartCampaigns($first: Int!, $filter: CampaignFilter, $orderBy: CampaignOrder) {\n    viewer {\n      ...ViewerFields\n    }\n    campaigns(first: $first, filter: $filter, orderBy: $orderBy) {\n      ...CampaignsPage\n      pageInfo {\n        hasNextPage\n      }\n      totalCount\n      changesCursor\n    }\n  }\n"): typeof import('./graphql').StartCampaignsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Campaign($uuid: UUID!) {\n    campaign(uuid: $uuid) {\n      ...CampaignRow\n    }\n  }\n"): typeof import('./graphql').CampaignDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Campaigns(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $startAt: ListPlace\n    $filter: CampaignFilter\n    $orderBy: CampaignOrder\n    $counted: Boolean!\n    $backwards: Boolean!\n  ) {\n    campaigns(\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n      startAt: $startAt\n      filter: $filter\n      orderBy: $orderBy\n    ) {\n      ...CampaignsPage\n      pageInfo {\n        hasNextPage @skip(if: $backwards)\n        hasPreviousPage @include(if: $backwards)\n      }\n      totalCount @include(if: $counted)\n    }\n  }\n"): typeof import('./graphql').CampaignsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ChangeEntry on Change {\n    id\n    at\n    action\n    origin\n    actor {\n      email\n      token\n    }\n    subjectType\n    fields {\n      name\n      before\n      after\n    }\n  }\n"): typeof import('./graphql').ChangeEntryFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LastAuthor($uuid: UUID!) {\n    changes(last: 1, filter: { uuids: [$uuid] }) {\n      nodes {\n        actor {\n          email\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').LastAuthorDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CampaignHistory($uuid: UUID!, $first: Int!, $after: String) {\n    campaign(uuid: $uuid) {\n      history(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...ChangeEntry\n          }\n        }\n        pageInfo {\n          hasNextPage\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').CampaignHistoryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupHistory($uuid: UUID!, $first: Int!, $after: String) {\n    group(by: { uuid: $uuid }) {\n      history(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...ChangeEntry\n          }\n        }\n        pageInfo {\n          hasNextPage\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').GroupHistoryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription LiveChanges($after: String!) {\n    changes(after: $after, first: 250) {\n      changes {\n        subjectType\n      }\n      cursor\n      upToDate\n    }\n  }\n"): typeof import('./graphql').LiveChangesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NewChanges($after: String!) {\n    changes(after: $after, first: 250) {\n      nodes {\n        subjectType\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql').NewChangesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Find($search: String!) {\n    campaigns(first: 6, filter: { search: $search, archived: null }) {\n      nodes {\n        uuid\n        name\n        archived\n        group {\n          name\n        }\n      }\n    }\n    groups(first: 4, filter: { search: $search }, orderBy: { field: NAME, direction: ASC }) {\n      nodes {\n        uuid\n        name\n      }\n    }\n  }\n"): typeof import('./graphql').FindDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateGroup($name: String!) {\n    createGroup(input: { name: $name }) {\n      group {\n        ...GroupRow\n      }\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n"): typeof import('./graphql').CreateGroupDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenameGroup($uuid: UUID!, $name: String!, $expectedRevision: Int!) {\n    updateGroup(input: { uuid: $uuid, name: $name, expectedRevision: $expectedRevision }) {\n      group {\n        ...GroupRow\n      }\n      userErrors {\n        ...InputError\n        code\n        current {\n          ... on Group {\n            ...GroupRow\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').RenameGroupDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteGroup($uuid: UUID!, $expectedRevision: Int!) {\n    deleteGroup(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {\n      deletedGroupId\n      userErrors {\n        ...InputError\n        code\n        current {\n          ... on Group {\n            ...GroupRow\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').DeleteGroupDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment GroupRow on Group {\n    id\n    uuid\n    name\n    query\n    status\n    system\n    contactCount\n    revision\n    campaigns(first: 1) {\n      totalCount\n    }\n  }\n"): typeof import('./graphql').GroupRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment GroupsPage on GroupConnection {\n    edges {\n      cursor\n      node {\n        id\n        ...GroupRow\n      }\n    }\n  }\n"): typeof import('./graphql').GroupsPageFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StartGroups($first: Int!, $search: String) {\n    viewer {\n      ...ViewerFields\n    }\n    groups(first: $first, filter: { search: $search }, orderBy: { field: NAME, direction: ASC }) {\n      ...GroupsPage\n      pageInfo {\n        hasNextPage\n      }\n      totalCount\n      changesCursor\n    }\n  }\n"): typeof import('./graphql').StartGroupsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupDetails($uuid: UUID!) {\n    group(by: { uuid: $uuid }) {\n      ...GroupRow\n    }\n  }\n"): typeof import('./graphql').GroupDetailsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupOptions($search: String, $first: Int!) {\n    groups(first: $first, filter: { search: $search }, orderBy: { field: NAME, direction: ASC }) {\n      nodes {\n        uuid\n        name\n      }\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n"): typeof import('./graphql').GroupOptionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupName($uuid: UUID!) {\n    group(by: { uuid: $uuid }) {\n      uuid\n      name\n    }\n  }\n"): typeof import('./graphql').GroupNameDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Groups(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $startAt: ListPlace\n    $search: String\n    $counted: Boolean!\n    $backwards: Boolean!\n  ) {\n    groups(\n      first: $first\n      after: $after\n      last: $last\n      before: $before\n      startAt: $startAt\n      filter: { search: $search }\n      orderBy: { field: NAME, direction: ASC }\n    ) {\n      ...GroupsPage\n      pageInfo {\n        hasNextPage @skip(if: $backwards)\n        hasPreviousPage @include(if: $backwards)\n      }\n      totalCount @include(if: $counted)\n    }\n  }\n"): typeof import('./graphql').GroupsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation InviteMember($email: String!, $role: Role!) {\n    inviteMember(input: { email: $email, role: $role }) {\n      key\n      member {\n        email\n      }\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n"): typeof import('./graphql').InviteMemberDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateMember($uuid: UUID!, $role: Role!, $expectedRevision: Int!) {\n    updateMember(input: { uuid: $uuid, role: $role, expectedRevision: $expectedRevision }) {\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n"): typeof import('./graphql').UpdateMemberDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveMember($uuid: UUID!, $expectedRevision: Int!) {\n    removeMember(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n"): typeof import('./graphql').RemoveMemberDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateApiToken($name: String!, $member: UUID, $maxRole: Role, $expiresOn: DateTime) {\n    createApiToken(input: { name: $name, member: $member, maxRole: $maxRole, expiresOn: $expiresOn }) {\n      key\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n"): typeof import('./graphql').CreateApiTokenDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeApiToken($uuid: UUID!) {\n    revokeApiToken(input: { uuid: $uuid }) {\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n"): typeof import('./graphql').RevokeApiTokenDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MemberRow on Member {\n    uuid\n    email\n    role\n    active\n    createdOn\n    revision\n  }\n"): typeof import('./graphql').MemberRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Members(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $search: String\n    $counted: Boolean!\n    $backwards: Boolean!\n  ) {\n    members(first: $first, after: $after, last: $last, before: $before, filter: { search: $search }) {\n      edges {\n        cursor\n        node {\n          id\n          ...MemberRow\n        }\n      }\n      pageInfo {\n        hasNextPage @skip(if: $backwards)\n        hasPreviousPage @include(if: $backwards)\n      }\n      totalCount @include(if: $counted)\n    }\n  }\n"): typeof import('./graphql').MembersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TokenRow on ApiToken {\n    uuid\n    name\n    owner\n    role\n    createdOn\n    lastUsedOn\n    expiresOn\n  }\n"): typeof import('./graphql').TokenRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Tokens($first: Int, $after: String, $last: Int, $before: String, $counted: Boolean!, $backwards: Boolean!) {\n    apiTokens(first: $first, after: $after, last: $last, before: $before) {\n      edges {\n        cursor\n        node {\n          id\n          ...TokenRow\n        }\n      }\n      pageInfo {\n        hasNextPage @skip(if: $backwards)\n        hasPreviousPage @include(if: $backwards)\n      }\n      totalCount @include(if: $counted)\n    }\n  }\n"): typeof import('./graphql').TokensDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnToken {\n    viewer {\n      token {\n        uuid\n        expiresOn\n      }\n    }\n  }\n"): typeof import('./graphql').OwnTokenDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ViewerFields on Viewer {\n    role\n    user {\n      email\n    }\n    workspace {\n      uuid\n      name\n      upstream {\n        url\n      }\n    }\n  }\n"): typeof import('./graphql').ViewerFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer {\n    viewer {\n      ...ViewerFields\n    }\n    campaigns(first: 1) {\n      changesCursor\n    }\n  }\n"): typeof import('./graphql').ViewerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Upstream {\n    viewer {\n      workspace {\n        upstream {\n          url\n          state\n          problem\n          lastContactAt\n          completeAsOf\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').UpstreamDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment WebhookCardFields on Webhook {\n    uuid\n    name\n    url\n    state\n    revision\n    lastDeliveredOn\n    failingSince\n    lastError\n    nextTryOn\n    previousSecretUntil\n    failures {\n      failedOn\n      error\n    }\n  }\n"): typeof import('./graphql').WebhookCardFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Webhooks {\n    webhooks {\n      ...WebhookCardFields\n    }\n  }\n"): typeof import('./graphql').WebhooksDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateWebhook($name: String!, $url: String!) {\n    createWebhook(input: { name: $name, url: $url }) {\n      secret\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n"): typeof import('./graphql').CreateWebhookDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateWebhook($input: UpdateWebhookInput!) {\n    updateWebhook(input: $input) {\n      userErrors {\n        ...InputError\n        code\n      }\n    }\n  }\n"): typeof import('./graphql').UpdateWebhookDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RotateWebhookSecret($uuid: UUID!, $expectedRevision: Int!) {\n    rotateWebhookSecret(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {\n      secret\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n"): typeof import('./graphql').RotateWebhookSecretDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteWebhook($uuid: UUID!, $expectedRevision: Int!) {\n    deleteWebhook(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {\n      userErrors {\n        ...InputError\n      }\n    }\n  }\n"): typeof import('./graphql').DeleteWebhookDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
