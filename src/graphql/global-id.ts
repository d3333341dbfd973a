import { parseUuid } from '../model/uuid.ts';

/** The types that have global ids. */
const TYPES = ['Campaign', 'Group'] as const;
export type NodeType = (typeof TYPES)[number];

/** An object's `id` (https://relay.dev/graphql/objectidentification.htm): opaque to clients, and not a secret. */
export function toGlobalId(type: NodeType, uuid: string): string {
  return Buffer.from(`${type}:${uuid}`, 'latin1').toString('base64url');
}

/** What a global id names, or null for text that is none. */
export function fromGlobalId(id: string): { type: NodeType; uuid: string } | null {
  const [name, key = ''] = Buffer.from(id, 'base64url').toString('latin1').split(':');
  const type = TYPES.find((one) => one === name);
  const uuid = parseUuid(key);
  return type && uuid && toGlobalId(type, uuid) === id ? { type, uuid } : null;
}
