import type { WorkspaceWrite } from '../database/database.ts';
import type { Fate, MirroredCampaign } from '../model/mirror-campaigns.ts';
import { fateOf, mirrorCampaigns } from '../model/mirror-campaigns.ts';
import type { MirroredGroup } from '../model/mirror-groups.ts';
import { mirrorGroups } from '../model/mirror-groups.ts';
import { nameHolders } from '../model/mirrored-names.ts';
import type { AccountClient } from './account-client.ts';
import type { WritingRequest } from './account-writes.ts';

// When the account has written an object, another object may still have its name in the mirror. In the account, that other object was
// renamed or is gone, and the mirror has not read it since. So it is read now, and both objects are written together.

type Request = Pick<WritingRequest, 'database' | 'workspace' | 'author'>;

/** Returns a function that writes a campaign of the account into the mirror. */
export async function mirrorWrittenCampaign(
  client: AccountClient,
  request: Request,
  row: MirroredCampaign,
): Promise<(write: WorkspaceWrite) => Promise<void>> {
  const rows = [row];
  const gone = new Map<string, Fate>();
  const holder = await nameHolder('campaigns', request, row);
  const present = holder === null ? null : await client.campaign(holder);
  if (holder !== null && present?.kind === 'ok') {
    if (present.value) rows.push(present.value);
    else {
      const defined = await client.definedCampaigns([holder]);
      gone.set(holder, fateOf(holder, defined.kind === 'ok' ? defined.value : null));
    }
  }
  return async (write) => {
    await mirrorCampaigns(write, request.workspace, request.author, { rows, gone, final: true });
  };
}

/** Returns a function that writes a group of the account into the mirror. */
export async function mirrorWrittenGroup(
  client: AccountClient,
  request: Request,
  row: MirroredGroup,
): Promise<(write: WorkspaceWrite) => Promise<void>> {
  const rows = [row];
  const deleted: string[] = [];
  const holder = await nameHolder('groups', request, row);
  const present = holder === null ? null : await client.group(holder);
  if (holder !== null && present?.kind === 'ok') {
    if (present.value) rows.push(present.value);
    else deleted.push(holder);
  }
  return async (write) => {
    await mirrorGroups(write, request.workspace, request.author, { rows, deleted, counts: true, final: true });
  };
}

/** The UUID of the other object that has the object's name in the mirror; null when there is none. */
async function nameHolder(
  table: 'campaigns' | 'groups',
  { database, workspace }: Request,
  { uuid, name }: { readonly uuid: string; readonly name: string },
): Promise<string | null> {
  const holders = await nameHolders(database.reader, workspace, table, [{ uuid, name, id: null }]);
  return [...holders.values()].find((holder) => holder.uuid !== uuid)?.uuid ?? null;
}
