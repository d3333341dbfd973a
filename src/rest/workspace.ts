import type { Endpoint, Reply, RestRequest } from './endpoint.ts';
import { ReadWorkspaceDocument } from './generated/operations.ts';
import { dataOf } from './outcome.ts';

/** `/api/v2/workspace.json`. */
export const workspace: Endpoint = { GET: read };

/**
 * What existing servers say of a workspace's country, languages and dates. None of that is kept here, so these are the values of
 * a new workspace there.
 */
const SETTINGS = { country: '', languages: [], timezone: 'UTC', date_style: 'day_first', anon: false };

async function read({ run }: RestRequest): Promise<Reply> {
  const { uuid, name } = dataOf(await run(ReadWorkspaceDocument, {})).viewer.workspace;
  return { status: 200, body: { uuid, name, ...SETTINGS } };
}
