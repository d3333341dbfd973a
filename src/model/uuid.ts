import { randomUUID } from 'node:crypto';

/** How many characters of a UUID show the time: 48 bits, as in version 7 of RFC 9562, and the hyphen among them. */
const TIME = '01234567-89ab'.length;

/**
 * A new UUID, in the form that parseUuid returns. It begins with the time in ms, so that new rows are next to each other in the
 * indexes; with random UUIDs, each new row would change another page of the index. The rest is random. The UUID has the form of
 * version 4, because many clients refuse version 7.
 */
export function newUuid(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${randomUUID().slice(TIME)}`;
}
