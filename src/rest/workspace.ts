import type { Endpoint, Reply, RestRequest } from './endpoint.ts';
import { ReadWorkspaceDocument } from './generated/operations.ts';
import { dataOf } from './outcome.ts';

/** `/api/v2/workspace.json`, and `org.json`, its older name. Clients refuse an answer without one of the members. */
export const workspace: Endpoint = { GET: read };

/**
 * What existing servers say of a workspace beside its name. None of that is kept here, so these are the values of a new workspace
 * there, which always has a language.
 */
const SETTINGS = {
  country: '',
  languages: ['eng'],
  primary_language: 'eng',
  timezone: 'UTC',
  date_style: 'day_first',
  credits: { used: -1, remaining: -1 },
  anon: false,
};

async function read({ run }: RestRequest): Promise<Reply> {
  const { uuid, name } = dataOf(await run(ReadWorkspaceDocument, {})).viewer.workspace;
  return { status: 200, body: { uuid, name, ...SETTINGS } };
}
