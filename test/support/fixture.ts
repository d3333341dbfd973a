import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Snapshot } from '../../src/snapshot/format.ts';
import { parseSnapshot } from '../../src/snapshot/format.ts';

/** The world that the REST contract is told about: five workspaces, their people, groups and campaigns. */
export const FIXTURE = join(import.meta.dirname, '../contract/fixture.json');

export const fixture: Snapshot = parseSnapshot(readFileSync(FIXTURE, 'utf8'));

/** What the fixture's tokens are for: see test/contract/. */
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

/** The first that fits. Throws when none does, so that a test never goes on without what it is about. */
export function found<Item>(items: readonly Item[], fits: (item: Item) => boolean): Item {
  const item = items.find(fits);
  if (item === undefined) throw new Error('the data has none like that');
  return item;
}

/** One of a workspace's groups that are shown, by its name. */
export function groupOf(workspace: number, name: string) {
  return found(fixture.groups, (group) => group.workspace_id === workspace && group.name === name);
}

/** One of a workspace's campaigns, by its name. */
export function campaignOf(workspace: number, name: string) {
  return found(fixture.campaigns, (campaign) => campaign.workspace_id === workspace && campaign.name === name);
}
