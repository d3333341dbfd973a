import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Snapshot } from '../../src/snapshot/format.ts';
import { readWholeSnapshot } from './snapshot.ts';

/** The data that the recorded REST cases need: five workspaces with users, groups and campaigns. */
export const FIXTURE = join(import.meta.dirname, '../contract/fixture.json');

export const fixture: Snapshot = await readWholeSnapshot(createReadStream(FIXTURE));

/** The names of the fixture's tokens. Most say the role of the user or the state of the token; some end with the workspace's id. */
export type TokenName =
  | 'admin'
  | 'editor'
  | 'viewer'
  | 'agent'
  | 'inactive'
  | 'former'
  | 'revoked'
  | 'mixed'
  | 'admin2'
  | 'editor2'
  | 'agent2'
  | 'both1'
  | 'both2'
  | 'admin3'
  | 'editor3'
  | 'admin4'
  | 'editor5';

/** The key of one of the fixture's tokens. */
export function tokenKey(name: TokenName): string {
  return found(fixture.tokens, (token) => token.name === name).key ?? '';
}

/** The first item for which `fits` returns true. Throws when there is none. */
export function found<Item>(items: readonly Item[], fits: (item: Item) => boolean): Item {
  const item = items.find(fits);
  if (item === undefined) throw new Error('the data has none like that');
  return item;
}

/** A group of a workspace, by its name. */
export function groupOf(workspace: number, name: string) {
  return found(fixture.groups, (group) => group.workspace_id === workspace && group.name === name);
}

/** A campaign of a workspace, by its name. */
export function campaignOf(workspace: number, name: string) {
  return found(fixture.campaigns, (campaign) => campaign.workspace_id === workspace && campaign.name === name);
}
