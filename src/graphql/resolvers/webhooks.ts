import { feedState } from '../../model/feed-state.ts';
import type { Webhook as WebhookModel } from '../../model/webhook.ts';
import { MAX_FAILURES } from '../../model/webhook-progress.ts';
import type { WithSecret } from '../../model/webhooks.ts';
import { MAX_WEBHOOKS } from '../../model/webhooks.ts';
import type { Context } from '../context.ts';
import { checkNotExpired, decodeChangeCursor } from '../feed-cursor.ts';
import { graphqlError } from '../errors.ts';
import type { MutationResolvers, QueryResolvers, WebhookResolvers } from '../generated/resolvers.ts';
import { upper } from '../inputs.ts';
import { wholeList } from './list-resolvers.ts';
import { payload } from './payload.ts';
import { administering } from './permissions.ts';

export const Webhook: WebhookResolvers = {
  state: ({ state }) => upper(state),
  failures: wholeList(MAX_FAILURES, ({ failures }: WebhookModel) => failures),
};

export const webhookQueries = {
  webhooks: wholeList(MAX_WEBHOOKS, (_root: unknown, _args: unknown, context: Context) =>
    administering(context).webhooks.list(),
  ),
} satisfies QueryResolvers;

/** The fields of a payload with a secret. */
const withSecret = (value: WithSecret | null) => ({ webhook: value?.webhook ?? null, secret: value?.secret ?? null });

export const webhookMutations = {
  createWebhook: async (_root, { input }, context) =>
    payload(input, await administering(context).webhooks.create({ name: input.name, url: input.url }), withSecret),

  updateWebhook: async (_root, { input }, context) => {
    const changes = {
      name: input.name ?? undefined,
      url: input.url ?? undefined,
      enabled: input.enabled ?? undefined,
      expectedRevision: input.expectedRevision ?? undefined,
    };
    return payload(input, await administering(context).webhooks.update(input.uuid, changes), (webhook) => ({
      webhook,
    }));
  },

  deleteWebhook: async (_root, { input }, context) =>
    payload(
      input,
      await administering(context).webhooks.delete(input.uuid, input.expectedRevision ?? undefined),
      (deletedWebhook) => ({ deletedWebhook }),
    ),

  rotateWebhookSecret: async (_root, { input }, context) =>
    payload(
      input,
      await administering(context).webhooks.rotateSecret(input.uuid, input.expectedRevision ?? undefined),
      withSecret,
    ),

  replayWebhook: async (_root, { input }, context) => {
    const { webhooks, session, workspace } = administering(context);
    const position = decodeChangeCursor('changes', input.after);
    if (!position) {
      throw graphqlError(
        'INVALID_CURSOR',
        '`after` is not a cursor of `changes`. Use one from `changes` or `changesCursor`.',
      );
    }
    checkNotExpired(position, await feedState(session, workspace));
    return payload(input, await webhooks.replay(input.uuid, position.revision), (webhook) => ({ webhook }));
  },
} satisfies MutationResolvers;
