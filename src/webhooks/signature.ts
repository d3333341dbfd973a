import { createHmac } from 'node:crypto';
import { webhookKey } from '../model/webhook-secret.ts';

/**
 * The value of `webhook-signature`: one signature of version 1 for each secret, separated by blanks, so that a receiver with
 * any of them can check it (Standard Webhooks, "Signature scheme").
 * @param timestamp In seconds since 1970.
 */
export function signatures(secrets: readonly string[], id: string, timestamp: number, body: string): string {
  return secrets
    .map(
      (secret) =>
        `v1,${createHmac('sha256', webhookKey(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
    )
    .join(' ');
}
