import type { TheirValue } from '../changes/conflict.tsx';
import type { CampaignRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';

/** The present values of the fields that are neither what the user knows nor what the user has entered. */
export function theirValues(
  known: CampaignRowFragment,
  theirs: CampaignRowFragment,
  entered: { name: string; group: { uuid: string } | undefined } = known,
): TheirValue[] {
  const names = [known.name, entered.name];
  const groups = [known.group.uuid, entered.group?.uuid];
  return [
    ...(names.includes(theirs.name) ? [] : [{ label: t('field.name'), value: theirs.name }]),
    ...(groups.includes(theirs.group.uuid) ? [] : [{ label: t('field.group'), value: theirs.group.name }]),
    ...(theirs.archived === known.archived
      ? []
      : [{ label: t('filter.state'), value: t(theirs.archived ? 'filter.archived' : 'filter.inUse') }]),
  ];
}
