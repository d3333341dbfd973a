import { addressInvalid } from './webhook-errors.ts';
import type { UserError } from './user-error.ts';

/** The maximum length of a webhook's address, in characters. */
const MAX_ADDRESS_LENGTH = 2048;

/**
 * Checks the address of a webhook, and returns it in the form in which it is stored. Whether its host is in a private network is
 * checked only when a connection is made, because a host name can resolve to another IP address later: see webhooks/send.ts.
 */
export function parseAddress(text: string): { readonly url: string } | { readonly errors: UserError[] } {
  const problem = problemOf(text.trim());
  return typeof problem === 'string' ? { errors: [addressInvalid(problem)] } : problem;
}

function problemOf(text: string): string | { readonly url: string } {
  const url = URL.parse(text);
  if (url === null || url.hostname === '') return 'it is not a complete URL';
  if (url.protocol !== 'https:') return `it begins with ${url.protocol}//, and only https:// is allowed`;
  if (url.username !== '' || url.password !== '') return 'it has a user or a password, which are not allowed';
  if (url.hash !== '') return 'it has a fragment, which no receiver would see';
  if (url.href.length > MAX_ADDRESS_LENGTH) return `it has more than ${MAX_ADDRESS_LENGTH} characters`;
  return { url: url.href };
}
