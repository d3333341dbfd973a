import type { TheirValue } from '../changes/conflict.tsx';
import type { CampaignRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';

/** The present values of the fields that differ from the campaign that the user knows. */
export function theirValues(known: CampaignRowFragment, theirs: CampaignRowFragment): TheirValue[] {
  return [
    ...(theirs.name === known.name ? [] : [{ label: t('field.name'), value: theirs.name }]),
    ...(theirs.group.uuid === known.group.uuid ? [] : [{ label: t('field.group'), value: theirs.group.name }]),
    ...(theirs.archived === known.archived
      ? []
      : [{ label: t('filter.state'), value: t(theirs.archived ? 'filter.archived' : 'filter.inUse') }]),
  ];
}
