import { HttpError } from './http-error.ts';
import type { QueryParameters } from './query-parameters.ts';
import { invalidTime } from './query-parameters.ts';

/** The variables of the filter that the parameters of an address describe. Throws an HttpError. */
export function campaignFilter(parameters: QueryParameters) {
  const uuid = parameters.filteredUuid();
  const group = parameters.last('group');
  const [before, after] = [parameters.time('before'), parameters.time('after')];
  return {
    archived: archivedFilter(uuid, parameters.last('archived')),
    ...(uuid !== undefined && { uuids: [uuid] }),
    ...(group !== undefined && { group: { uuidOrName: group } }),
    ...(before !== undefined && { createdBefore: before }),
    ...(after !== undefined && { createdAfter: after }),
  };
}

/** The answer to a parameter whose value GraphQL could not use, by the name of its variable; null when it is none of these. */
export function unusableFilter(parameters: QueryParameters, variable: string): HttpError | null {
  if (variable === 'createdBefore') return invalidTime('before', parameters.time('before'));
  return variable === 'createdAfter' ? invalidTime('after', parameters.time('after')) : null;
}

/**
 * The filter of the parameter `archived`, which existing servers do not have. It does not count beside `uuid`, so that an
 * archived campaign is not found by its UUID, as on existing servers (22-filter-uuid, "archived").
 */
function archivedFilter(uuid: string | undefined, value = 'false'): boolean | null {
  if (uuid !== undefined) return false;
  switch (value.toLowerCase()) {
    case 'false':
      return false;
    case 'true':
      return true;
    case 'all':
      return null;
    default:
      throw new HttpError(400, `Param 'archived': ${value} is not one of true, false, all.`);
  }
}
