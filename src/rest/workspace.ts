import type { Endpoint, Reply, RestRequest } from './endpoint.ts';
import { ReadWorkspaceDocument } from './generated/operations.ts';
import { dataOf } from './outcome.ts';

/** `/api/v2/workspace.json`, and its older name `org.json`. Clients need all members of the answer. */
export const workspace: Endpoint = { GET: read };

/**
 * The other members that existing servers show of a workspace. This server does not store them, so it answers with the values that a new
 * workspace has there. A new workspace always has a language.
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
