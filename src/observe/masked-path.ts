/**
 * What looks like an API token's key: more than 32 letters and digits in a row, percent-encoded or not. Keys have 40;
 * a key that has lost a few characters must not be readable either. UUIDs and the ids that proxies give to requests have
 * 32 at most.
 */
const KEY_LIKE = /(?:[A-Za-z0-9]|%[0-9A-Fa-f]{2}){33,}/g;

/** The text, such as a path, with every part that looks like a key replaced. Such a text can be logged. */
export function maskKeys(text: string): string {
  return text.replace(KEY_LIKE, '[masked]');
}
