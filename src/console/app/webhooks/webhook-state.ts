import type { WebhookState } from '../generated/graphql.ts';
import type { MessageId } from '../language/message-id.ts';

interface ShownState {
  label: MessageId;
  /** True if somebody has to do something about this state. */
  warning?: boolean;
  /** What the state means and what to do about it, if the label does not say so. */
  why?: MessageId;
}

export const WEBHOOK_STATE: Record<WebhookState, ShownState> = {
  ACTIVE: { label: 'webhook.active' },
  FAILING: { label: 'webhook.failing', warning: true },
  PAUSED: { label: 'webhook.paused', warning: true, why: 'webhook.pausedWhy' },
  GONE: { label: 'webhook.gone', warning: true, why: 'webhook.goneWhy' },
  DISABLED: { label: 'webhook.disabled' },
};
