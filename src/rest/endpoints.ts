import { campaigns } from './campaigns.ts';
import type { Endpoint } from './endpoint.ts';
import { groups } from './groups.ts';
import { workspace } from './workspace.ts';

/** The endpoints by name. The endpoint NAME has the address `/api/v2/NAME.json`. */
export const ENDPOINTS: Readonly<Record<string, Endpoint>> = { campaigns, groups };

/**
 * The methods of endpoints that existing servers do not have. Programs do not expect these endpoints in the JSON list at `/api/v2/`, so
 * only its page names them.
 */
export const ADDED_ENDPOINTS = { changes: ['GET'], workspace: Object.keys(workspace) };

/** The methods of all endpoints by name, in the order of the documentation. HEAD is left out, because it comes with GET. */
export const METHODS_BY_ENDPOINT: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(Object.entries(ENDPOINTS).map(([name, endpoint]) => [name, Object.keys(endpoint)])),
  ...ADDED_ENDPOINTS,
};
