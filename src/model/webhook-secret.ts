import { randomBytes } from 'node:crypto';

/** What the secrets of Standard Webhooks begin with. The rest is base64. */
const PREFIX = 'whsec_';

/** The specification allows 24 to 64 bytes. */
const BYTES = 32;

/** A new secret of a webhook (https://www.standardwebhooks.com): `whsec_` and 32 random bytes in base64. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(BYTES).toString('base64');
}

/** The bytes with which a secret signs. */
export function webhookKey(secret: string): Buffer {
  return Buffer.from(secret.slice(PREFIX.length), 'base64');
}
