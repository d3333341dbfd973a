import { parseUuid } from '../encoding/uuid.ts';

/** An object's `id` (https://relay.dev/graphql/objectidentification.htm): opaque to clients, and not a secret. */
export function toGlobalId(type: string, uuid: string): string {
  return Buffer.from(`${type}:${uuid}`, 'latin1').toString('base64url');
}

/** No id is longer. */
const MAX_LENGTH = 100;

/** What a global id names, or null for text that toGlobalId did not make of one of the types. */
export function fromGlobalId(types: readonly string[], id: string): { type: string; uuid: string } | null {
  if (id.length > MAX_LENGTH) return null;
  const [type = '', key = ''] = Buffer.from(id, 'base64url').toString('latin1').split(':');
  const uuid = parseUuid(key);
  return uuid && types.includes(type) && toGlobalId(type, uuid) === id ? { type, uuid } : null;
}
