import { useQuery } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import { graphql } from '../generated/index.ts';

export const WebhookCardFields = graphql(`
  fragment WebhookCardFields on Webhook {
    uuid
    name
    url
    state
    lastDeliveredOn
    failingSince
    lastError
    nextTryOn
    previousSecretUntil
    failures {
      failedOn
      error
    }
  }
`);

const WebhooksQuery = graphql(`
  query Webhooks {
    webhooks {
      ...WebhookCardFields
    }
  }
`);

/** The polling interval, in ms. Deliveries are polled, because the stream reports only changes of the workspace. */
const LOOK_AGAIN_MS = 15_000;

/** The webhooks of the workspace, oldest first. */
export function useWebhooks() {
  const execute = useExecute();
  return useQuery({
    queryKey: ['webhooks'],
    queryFn: async ({ signal }) => (await execute(WebhooksQuery, {}, signal)).webhooks,
    refetchInterval: LOOK_AGAIN_MS,
  });
}
