import { queryOptions, useQuery } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import { getFragmentData, graphql } from '../generated/index.ts';

export const WebhookCardFields = graphql(`
  fragment WebhookCardFields on Webhook {
    uuid
    name
    url
    state
    revision
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
  return useQuery({ ...useWebhooksOptions(), refetchInterval: LOOK_AGAIN_MS });
}

/**
 * A webhook of this list, for a dialog that changes it. `latest` is undefined until the server has answered, and null if there is no such
 * webhook. `readAgain` asks the server, and returns the latest that is known.
 */
export function useLatestWebhook(uuid: string | undefined) {
  const { data: latest, refetch } = useQuery({
    ...useWebhooksOptions(),
    enabled: uuid !== undefined,
    select: (list) => getFragmentData(WebhookCardFields, list).find((one) => one.uuid === uuid) ?? null,
  });
  return { latest, readAgain: async () => (await refetch()).data };
}

function useWebhooksOptions() {
  const execute = useExecute();
  return queryOptions({
    queryKey: ['webhooks'],
    queryFn: async ({ signal }) => (await execute(WebhooksQuery, {}, signal)).webhooks,
  });
}
