import { addressInvalid } from './webhook-errors.ts';
import type { Result } from './user-error.ts';

/** The maximum length of a webhook's address, in characters. */
const MAX_ADDRESS_LENGTH = 2048;

/**
 * Checks the address of a webhook, and returns it in the form in which it is stored. Whether its host is in a private network is
 * checked only when a connection is made, because a host name can resolve to another IP address later: see webhooks/send.ts.
 */
export function parseAddress(text: string): Result<string> {
  const url = URL.parse(text.trim());
  if (url === null || url.hostname === '') return { errors: [addressInvalid('it is not a complete URL')] };
  const problem = problemOf(url);
  return problem === null ? { value: url.href } : { errors: [addressInvalid(problem)] };
}

/** Why a webhook cannot have this address; null when it can. */
function problemOf({ protocol, username, password, hash, href }: URL): string | null {
  if (protocol !== 'https:') return `it begins with ${protocol}//, and only https:// is allowed`;
  if (username !== '' || password !== '') return 'it has a user or a password, which are not allowed';
  if (hash !== '') return 'it has a fragment, which no receiver would see';
  if (href.length > MAX_ADDRESS_LENGTH) return `it has more than ${MAX_ADDRESS_LENGTH} characters`;
  return null;
}
