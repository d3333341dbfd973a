import type { ImportPlan, ImportRow, PlannedRow } from '../../model/campaign-import.ts';
import { MAX_IMPORT_ERRORS } from '../../model/campaigns.ts';
import type { UserError } from '../../model/user-error.ts';
import type {
  CampaignImportResolvers,
  CampaignImportRow,
  ImportCampaignsPayloadResolvers,
  MutationResolvers,
  PlannedCampaignResolvers,
  QueryResolvers,
} from '../generated/resolvers.ts';
import { LIMITS } from '../execution/limits.ts';
import { PRICES } from '../execution/prices.ts';
import { atMost, upper } from '../inputs.ts';
import { cheapList, wholeList } from './list-resolvers.ts';
import { writing } from './permissions.ts';

/** Converts the rows of the schema to the model's. Throws BAD_USER_INPUT when there are too many. */
function importRows(rows: readonly CampaignImportRow[]): ImportRow[] {
  return atMost('rows', LIMITS.importedRows, rows).map(({ uuid, name, group, archived }) => ({
    uuid: uuid ?? undefined,
    name: name ?? undefined,
    group: group ?? undefined,
    archived: archived ?? undefined,
  }));
}

export const campaignImportQueries = {
  campaignImport: (_root, { rows }, { campaigns }) => campaigns.planImport(importRows(rows)),
} satisfies QueryResolvers;

export const campaignImportMutations = {
  importCampaigns: async (_root, { input }, context) => {
    const { campaigns } = writing(context);
    const { counts, fingerprint, imported, errors } = await campaigns.import(
      importRows(input.rows),
      input.plan ?? undefined,
    );
    return {
      imported,
      created: counts.create,
      changed: counts.change,
      unchanged: counts.keep,
      refused: counts.refuse,
      plan: fingerprint,
      userErrors: [...errors],
      clientMutationId: input.clientMutationId ?? null,
    };
  },
} satisfies MutationResolvers;

export const CampaignImport: CampaignImportResolvers = {
  rows: cheapList(PRICES.planned, ({ rows }: ImportPlan) => [...rows]),
  created: ({ counts }) => counts.create,
  changed: ({ counts }) => counts.change,
  unchanged: ({ counts }) => counts.keep,
  refused: ({ counts }) => counts.refuse,
  plan: ({ fingerprint }) => fingerprint,
};

export const PlannedCampaign: PlannedCampaignResolvers = {
  action: ({ action }) => upper(action),
  nameBefore: ({ before }) => before?.name ?? null,
  nameAfter: ({ after }) => after?.name ?? null,
  groupBefore: ({ before }) => before?.group.name ?? null,
  groupAfter: ({ after }) => after?.group.name ?? null,
  archivedBefore: ({ before }) => before?.archived ?? null,
  archivedAfter: ({ after }) => after?.archived ?? null,
  userErrors: cheapList(PRICES.planned, ({ errors }: PlannedRow) => [...errors]),
};

export const ImportCampaignsPayload: ImportCampaignsPayloadResolvers = {
  userErrors: wholeList(MAX_IMPORT_ERRORS, ({ userErrors }: { readonly userErrors: UserError[] }) => userErrors),
};
