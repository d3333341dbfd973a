import { readConfig, withAccount } from '../config.ts';
import { checkBeforeFilling } from '../database/open.ts';
import { flag } from '../database/tables.ts';
import { referencedGroup } from '../model/mirror-groups.ts';
import { chosenNames } from '../model/mirrored-names.ts';
import { now } from '../model/time.ts';
import type { Row, Snapshot } from '../snapshot/format.ts';
import { checkEmpty, loadSnapshot } from '../snapshot/load.ts';
import { AccountClient } from '../upstream/account-client.ts';
import type { WholeAccount } from '../upstream/read-account.ts';
import { readAccount } from '../upstream/read-account.ts';
import { accountFailure } from './account-failure.ts';
import { CommandError } from './command-error.ts';
import { oneLine } from './one-line.ts';
import { showProgress } from './progress.ts';
import { withDatabase } from './with-database.ts';

/**
 * `campaigns import --from URL`. Reads the configured accounts once, and writes them into an empty database in one transaction. The token
 * comes from the environment or a file, because other users of the machine can see the arguments of processes.
 */
export async function importAccounts({ from }: { from?: string }): Promise<void> {
  const { upstreams, database: address } = readConfig(withAccount(process.env, '--from', from));
  if (upstreams.length === 0) {
    throw new CommandError('Which account? Name its server: campaigns import --from https://textit.com');
  }
  // Checked first, because reading an account uses up many requests of its hourly rate.
  await checkBeforeFilling(address, ({ reader }) => checkEmpty(reader));
  const accounts: WholeAccount[] = [];
  for (const account of upstreams) accounts.push(await readOne(new AccountClient(account)));
  await withDatabase((database) => loadSnapshot(database, snapshotOf(accounts)));
  for (const { workspace, groups, campaigns } of accounts) {
    console.error(`Imported "${oneLine(workspace.name)}": ${campaigns.length} campaigns and ${groups.length} groups.`);
  }
  console.error(
    'Archived campaigns are not among them, because the account does not list them. Users and tokens are not either: campaigns token create --help',
  );
}

async function readOne(client: AccountClient): Promise<WholeAccount> {
  const show = showProgress('Reading the account:', (objects) => `${objects} campaigns and groups`);
  try {
    const account = await readAccount(client, {
      read: (objects) => show(objects, undefined),
      waiting: (seconds) => console.error(`The account allows no more requests for ${seconds} seconds. Waiting.`),
    });
    if ('failure' in account) throw new CommandError(accountFailure(client.url, account.failure));
    return account;
  } finally {
    client.close();
  }
}

/** The accounts as a snapshot. Its groups and campaigns are oldest first, as in a database that was filled over time. */
function snapshotOf(accounts: readonly WholeAccount[]): Snapshot {
  const workspaces: Row<'workspaces'>[] = [];
  const groups: Row<'groups'>[] = [];
  const campaigns: Row<'campaigns'>[] = [];
  const time = now();
  for (const account of accounts) {
    const workspace = { id: workspaces.length + 1, ...account.workspace };
    if (workspaces.some(({ uuid }) => uuid === workspace.uuid)) {
      throw new CommandError(`Two of the tokens are of one workspace, "${oneLine(workspace.name)}".`);
    }
    workspaces.push(workspace);
    const ids = new Map<string, number>();
    const listed = withNames(groupsOf(account));
    for (const [place, { name, uuid, query, system, status, count }] of listed.entries()) {
      const id = groups.length + 1;
      ids.set(uuid, id);
      // The account does not say when groups were created, but it shows them in this order.
      const created = time - (listed.length - place);
      const kind = query === null ? 'manual' : 'smart';
      const of = { workspace_id: workspace.id, is_system: flag(system), is_active: 1 as const };
      groups.push({ ...of, id, uuid, name, kind, query, status, count, created_on: created });
    }
    for (const { uuid, name, group, archived, createdOn } of withNames(account.campaigns.toReversed())) {
      campaigns.push({
        id: campaigns.length + 1,
        uuid,
        workspace_id: workspace.id,
        group_id: ids.get(group.uuid) ?? 0,
        name,
        is_archived: flag(archived),
        is_active: 1,
        created_on: createdOn,
        modified_on: createdOn,
      });
    }
  }
  return { workspaces, users: [], memberships: [], tokens: [], groups, campaigns };
}

/** The groups, oldest first. Groups that only campaigns name come last: they were created after the list of groups was read. */
function groupsOf({ groups, campaigns }: WholeAccount) {
  const known = new Set(groups.map(({ uuid }) => uuid));
  const named = new Map(campaigns.map(({ group }) => [group.uuid, group.name]));
  const later = [...named].filter(([uuid]) => !known.has(uuid)).map(([uuid, name]) => referencedGroup(uuid, name));
  return [...groups.toReversed(), ...later];
}

/** Makes the names unique. Here names must differ in more than case, in every script; in the account they need not. */
function withNames<Named extends { readonly uuid: string; readonly name: string }>(rows: readonly Named[]): Named[] {
  const names = chosenNames(
    rows.map(({ uuid, name }) => ({ uuid, name, id: null })),
    new Map(),
  );
  return rows.map((row) => ({ ...row, name: names.get(row.uuid)?.text ?? row.name }));
}
