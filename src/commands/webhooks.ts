import { findWorkspace } from '../access/administration.ts';
import type { Session } from '../database/database.ts';
import { feedState, areChangesKept } from '../model/feed-state.ts';
import { formatTime } from '../model/time.ts';
import type { Result } from '../model/user-error.ts';
import type { Webhook } from '../model/webhook.ts';
import { ROTATION_HOURS, Webhooks } from '../model/webhooks.ts';
import { CommandError } from './command-error.ts';
import { oneLine } from './one-line.ts';
import { print, showOnce } from './print.ts';
import { table } from './table.ts';
import { readExistingDatabase, withExistingDatabase } from './with-database.ts';

/** The option that all commands of webhooks have: the workspace's UUID or name. */
export interface WorkspaceOption {
  readonly workspace: string;
}

/**
 * `campaigns webhook create`. Only the secret goes to standard output, so that programs can read it. A webhook whose secret cannot be
 * shown is deleted again.
 */
export async function createWebhookCommand(
  url: string,
  { workspace, name }: WorkspaceOption & { name: string },
): Promise<void> {
  await withWebhooks(workspace, async (webhooks) => {
    const result = await webhooks.create({ name, url });
    if ('errors' in result) return result;
    const { webhook, secret } = result.value;
    console.error(
      `Created the webhook "${oneLine(webhook.name)}" (${webhook.uuid}). Its secret, which is not shown again:`,
    );
    await showOnce(secret, () =>
      webhooks.delete(webhook.uuid).then(
        () => 'The webhook has been deleted again.',
        () => `The webhook is still there: campaigns webhook delete ${webhook.uuid} deletes it.`,
      ),
    );
    return result;
  });
}

/** `campaigns webhook list` */
export async function listWebhooksCommand({ workspace }: WorkspaceOption): Promise<void> {
  const webhooks = await readExistingDatabase(async (database) => {
    const id = await findWorkspace(database.reader.db, workspace);
    return new Webhooks(database, id).list();
  });
  if (webhooks.length === 0)
    console.error('The workspace has no webhooks. Create one: campaigns webhook create --help');
  else await print(table(HEADERS, webhooks.map(cells)));
}

/** `campaigns webhook update` */
export async function updateWebhookCommand(
  uuid: string,
  { workspace, ...changes }: WorkspaceOption & { name?: string; url?: string; enabled?: boolean },
): Promise<void> {
  const { name, state } = await withWebhooks(workspace, (webhooks) => webhooks.update(uuid, changes));
  console.error(`The webhook "${oneLine(name)}" is ${state}.`);
}

/** `campaigns webhook delete` */
export async function deleteWebhookCommand(uuid: string, { workspace }: WorkspaceOption): Promise<void> {
  const { name } = await withWebhooks(workspace, (webhooks) => webhooks.delete(uuid));
  console.error(`Deleted the webhook "${oneLine(name)}".`);
}

/** `campaigns webhook rotate`. Only the secret goes to standard output. */
export async function rotateWebhookCommand(uuid: string, { workspace }: WorkspaceOption): Promise<void> {
  const { webhook, secret } = await withWebhooks(workspace, (webhooks) => webhooks.rotateSecret(uuid));
  console.error(
    `The old secret of "${oneLine(webhook.name)}" signs for ${ROTATION_HOURS} more hours. The new one, which is not shown again:`,
  );
  await showOnce(
    secret,
    async () =>
      'The new secret is lost. Run the command again; the old secret then signs no more, so give the receiver the next one at once.',
  );
}

/** `campaigns webhook replay` */
export async function replayWebhookCommand(
  uuid: string,
  { workspace, after }: WorkspaceOption & { after: number },
): Promise<void> {
  const { name } = await withWebhooks(workspace, async (webhooks, session, id) => {
    const state = await feedState(session, id);
    const { epoch, removed, revision } = state;
    if (!areChangesKept({ epoch, revision: after }, state)) {
      throw new CommandError(`--after is ${after}; the changes that are kept allow ${removed} to ${revision}.`);
    }
    return webhooks.replay(uuid, after);
  });
  console.error(`The webhook "${oneLine(name)}" goes on after revision ${after}.`);
}

/** Runs `work` and returns its value. Throws CommandError for user errors. */
async function withWebhooks<Value>(
  workspace: string,
  work: (webhooks: Webhooks, session: Session, id: Awaited<ReturnType<typeof findWorkspace>>) => Promise<Result<Value>>,
): Promise<Value> {
  return withExistingDatabase(async (database) => {
    const id = await findWorkspace(database.reader.db, workspace);
    const result = await work(new Webhooks(database, id), database.reader, id);
    if ('errors' in result) throw new CommandError(result.errors.map(({ message }) => message).join(' '));
    return result.value;
  });
}

const HEADERS = ['webhook', 'name', 'state', 'at revision', 'last delivery', 'failing since', 'last error', 'address'];

function cells({
  uuid,
  name,
  state,
  deliveredRevision,
  lastDeliveredOn,
  failingSince,
  lastError,
  url,
}: Webhook): string[] {
  return [
    uuid,
    name,
    state,
    String(deliveredRevision),
    lastDeliveredOn === null ? '' : formatTime(lastDeliveredOn),
    failingSince === null ? '' : formatTime(failingSince),
    lastError ?? '',
    url,
  ];
}
