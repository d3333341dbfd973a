import { HttpError } from './http-error.ts';
import type { QueryParameters } from './query-parameters.ts';
import { invalidTime } from './query-parameters.ts';

/** The GraphQL filter for the query parameters of a request. Throws an HttpError when a parameter cannot be used. */
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

/** The error for a parameter whose GraphQL variable has a value that GraphQL could not use; null when it is not one of these variables. */
export function unusableFilter(parameters: QueryParameters, variable: string): HttpError | null {
  if (variable === 'createdBefore') return invalidTime('before', parameters.time('before'));
  return variable === 'createdAfter' ? invalidTime('after', parameters.time('after')) : null;
}

/**
 * The filter for the parameter `archived`, which existing servers do not have. It is ignored when `uuid` is given, because existing
 * servers do not find an archived campaign by its UUID (22-filter-uuid, "archived").
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
