import type { Selectable } from 'kysely';
import type { DataAccess, Session, WorkspaceWrite } from '../database/database.ts';
import type { WebhooksTable, WorkspaceId } from '../database/tables.ts';
import { foldName } from '../encoding/fold.ts';
import { feedState } from './feed-state.ts';
import { NO_LEASE } from './lease.ts';
import type { Name } from './names.ts';
import { parseName } from './names.ts';
import { clockTime, HOUR, now } from './time.ts';
import type { Result, UserError } from './user-error.ts';
import { errorsOf, isOutdated, nameTaken, notFound, outdated } from './user-error.ts';
import { newUuid } from './uuid.ts';
import type { Webhook } from './webhook.ts';
import { toWebhook, WEBHOOK_COLUMNS } from './webhook.ts';
import { parseAddress } from './webhook-address.ts';
import { tooManyWebhooks } from './webhook-errors.ts';
import { newWebhookSecret } from './webhook-secret.ts';

/** How many webhooks a workspace can have. */
export const MAX_WEBHOOKS = 20;

/** For how many hours after a rotation the old secret signs as well. */
export const ROTATION_HOURS = 24;

/** A webhook with a new secret, which cannot be read again. */
export interface WithSecret {
  readonly webhook: Webhook;
  readonly secret: string;
}

/** The fields to change, and the revision that the caller has seen. Undefined fields stay as they are. */
interface WebhookChanges {
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly expectedRevision?: number | undefined;
}

type WebhookValues = Partial<Selectable<WebhooksTable>>;

/** The values that restart delivery: they clear the failures, and end the lease of the run that sends to it. */
const FRESH = { tries: 0, failing_since: null, retry_on: 0, last_error: null, ...NO_LEASE } as const;

/** The result for a field that the input leaves out. */
const UNCHANGED = { value: undefined };

/**
 * The webhooks of one workspace, and the rules for changing them. Callers must check first that the user is an administrator. A change
 * of a webhook's address, secret, position or status takes it from the run that is sending to it, because the run would not notice
 * the change.
 */
export class Webhooks {
  readonly #database: DataAccess;
  readonly #workspace: WorkspaceId;

  constructor(database: DataAccess, workspace: WorkspaceId) {
    this.#database = database;
    this.#workspace = workspace;
  }

  /** All webhooks, oldest first. Two statements. */
  async list(): Promise<Webhook[]> {
    return this.#read(this.#database.reader);
  }

  /** Creates a webhook. It gets the changes from now on. */
  async create(input: { name: string; url: string }): Promise<Result<WithSecret>> {
    const name = parseName(input.name);
    const address = parseAddress(input.url);
    if ('errors' in name || 'errors' in address) return { errors: errorsOf(name, address) };
    return this.#database.write(this.#workspace, async (write) => {
      const others = await this.#read(write);
      if (others.length >= MAX_WEBHOOKS) return { errors: [tooManyWebhooks(MAX_WEBHOOKS)] };
      const taken = takenName(name.value, others);
      if (taken) return { errors: [taken] };
      const [uuid, secret] = [newUuid(), newWebhookSecret()];
      const { revision } = await feedState(write, this.#workspace);
      const { epoch } = await write.db.selectFrom('feed').select('epoch').executeTakeFirstOrThrow();
      await write.db
        .insertInto('webhooks')
        .values({
          workspace_id: this.#workspace,
          uuid,
          name: name.value.text,
          name_key: name.value.key,
          url: address.value,
          secret,
          status: 'active',
          settings_revision: 1,
          created_on: now(),
          epoch,
          revision,
          ...FRESH,
        })
        .execute();
      return this.#withSecret(write, uuid, secret);
    });
  }

  /**
   * Changes the given fields. `enabled: true` starts a webhook that is paused, gone or disabled; it continues where it stopped. A new
   * address does not start it. Both clear the failures, so that an active webhook tries a failed delivery again at once. When
   * `expectedRevision` is not the webhook's revision, the error is CONFLICT.
   */
  async update(uuid: string, input: WebhookChanges): Promise<Result<Webhook>> {
    const name = input.name === undefined ? UNCHANGED : parseName(input.name);
    const address = input.url === undefined ? UNCHANGED : parseAddress(input.url);
    if ('errors' in name || 'errors' in address) return { errors: errorsOf(name, address) };
    return this.#database.write(this.#workspace, async (write) => {
      const all = await this.#read(write);
      const webhook = all.find((one) => one.uuid === uuid);
      if (!webhook) return { errors: [notFound('webhook', uuid)] };
      if (isOutdated(input.expectedRevision, webhook)) return { errors: [outdated(webhook, webhook.name)] };
      const others = all.filter((one) => one !== webhook);
      const taken = name.value && takenName(name.value, others);
      if (taken) return { errors: [taken] };
      await this.#change(write, webhook, {
        ...(name.value && { name: name.value.text, name_key: name.value.key }),
        ...(address.value !== undefined && { ...FRESH, url: address.value }),
        ...(input.enabled === true && { ...FRESH, status: 'active' as const }),
        ...(input.enabled === false && { ...NO_LEASE, status: 'disabled' as const }),
      });
      return { value: await this.#readOne(write, uuid) };
    });
  }

  /**
   * Deletes a webhook. What has not been delivered by then is not sent. Returns it as it was. When `expectedRevision` is not the
   * webhook's revision, the error is CONFLICT.
   */
  async delete(uuid: string, expectedRevision?: number): Promise<Result<Webhook>> {
    return this.#database.write(this.#workspace, async (write) => {
      const value = await this.#find(write, uuid);
      if (!value) return { errors: [notFound('webhook', uuid)] };
      if (isOutdated(expectedRevision, value)) return { errors: [outdated(value, value.name)] };
      await write.db
        .deleteFrom('webhook_failures')
        .where('workspace_id', '=', this.#workspace)
        .where('webhook_uuid', '=', uuid)
        .execute();
      await write.db
        .deleteFrom('webhooks')
        .where('workspace_id', '=', this.#workspace)
        .where('uuid', '=', uuid)
        .execute();
      return { value };
    });
  }

  /**
   * Gives a webhook a new secret. For ROTATION_HOURS the old one also signs, so that the receiver can change it without a gap. A
   * secret from an earlier rotation does not sign any more. When `expectedRevision` is not the webhook's revision, the error is CONFLICT.
   */
  async rotateSecret(uuid: string, expectedRevision?: number): Promise<Result<WithSecret>> {
    return this.#database.write(this.#workspace, async (write) => {
      const webhook = await this.#find(write, uuid);
      if (!webhook) return { errors: [notFound('webhook', uuid)] };
      if (isOutdated(expectedRevision, webhook)) return { errors: [outdated(webhook, webhook.name)] };
      const old = await write.db
        .selectFrom('webhooks')
        .select('secret')
        .where('workspace_id', '=', this.#workspace)
        .where('uuid', '=', uuid)
        .executeTakeFirstOrThrow();
      const secret = newWebhookSecret();
      await this.#change(write, webhook, {
        secret,
        previous_secret: old.secret,
        previous_until: clockTime() + ROTATION_HOURS * HOUR,
        ...NO_LEASE,
      });
      return this.#withSecret(write, uuid, secret);
    });
  }

  /**
   * Moves a webhook to a position: the next change that is sent is the first one after the revision `after`, which must belong to the
   * current epoch. Changes after it are sent again; changes before it are skipped. A webhook that is not active stays stopped, and
   * keeps its last error.
   */
  async replay(uuid: string, after: number): Promise<Result<Webhook>> {
    return this.#database.write(this.#workspace, async (write) => {
      const found = await write.db
        .selectFrom('webhooks')
        .select('status')
        .where('workspace_id', '=', this.#workspace)
        .where('uuid', '=', uuid)
        .executeTakeFirst();
      if (!found) return { errors: [notFound('webhook', uuid)] };
      const { epoch } = await write.db.selectFrom('feed').select('epoch').executeTakeFirstOrThrow();
      const place = { epoch, revision: after, ...NO_LEASE };
      await this.#set(write, uuid, found.status === 'active' ? { ...FRESH, ...place } : place);
      return { value: await this.#readOne(write, uuid) };
    });
  }

  async #read({ db }: Pick<Session, 'db'>): Promise<Webhook[]> {
    const rows = await db
      .selectFrom('webhooks')
      .select(WEBHOOK_COLUMNS)
      .where('workspace_id', '=', this.#workspace)
      .orderBy('created_on')
      .orderBy('uuid')
      .execute();
    const failures = await db
      .selectFrom('webhook_failures')
      .selectAll()
      .where('workspace_id', '=', this.#workspace)
      .execute();
    const time = clockTime();
    return rows.map((row) => toWebhook(row, failures, time));
  }

  async #find(write: WorkspaceWrite, uuid: string): Promise<Webhook | undefined> {
    return (await this.#read(write)).find((one) => one.uuid === uuid);
  }

  async #readOne(write: WorkspaceWrite, uuid: string): Promise<Webhook> {
    const found = await this.#find(write, uuid);
    if (!found) throw new Error(`there is no webhook ${uuid}`);
    return found;
  }

  async #withSecret(write: WorkspaceWrite, uuid: string, secret: string): Promise<Result<WithSecret>> {
    return { value: { webhook: await this.#readOne(write, uuid), secret } };
  }

  /** Changes settings, and with them the revision. Without values nothing changes. */
  async #change(write: WorkspaceWrite, { uuid, revision }: Webhook, values: WebhookValues): Promise<void> {
    if (Object.keys(values).length === 0) return;
    await this.#set(write, uuid, { ...values, settings_revision: revision + 1 });
  }

  async #set({ db }: WorkspaceWrite, uuid: string, values: WebhookValues): Promise<void> {
    await db
      .updateTable('webhooks')
      .set(values)
      .where('workspace_id', '=', this.#workspace)
      .where('uuid', '=', uuid)
      .execute();
  }
}

/** The error for a name that another webhook has; undefined when none has it. */
function takenName({ key }: Name, others: readonly Webhook[]): UserError | undefined {
  const holder = others.find(({ name }) => foldName(name) === key);
  return holder && nameTaken('a webhook', holder.name);
}
