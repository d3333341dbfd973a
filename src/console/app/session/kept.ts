import { KEPT_KEY, readToken } from './token.js';

/**
 * The data that is kept for a start without a network. It belongs to one token and is in sessionStorage, like the token.
 * The browser deletes it with the tab, and the console deletes it with the token: see token.ts.
 */
interface Kept {
  viewer?: unknown;
  list?: unknown;
  place?: unknown;
}

/** Keeps a part for the next start with this token. Nothing is kept any more once the token is forgotten. */
export function keep(token: string, part: keyof Kept, value: unknown): void {
  if (readToken() !== token) return;
  try {
    sessionStorage.setItem(KEPT_KEY, JSON.stringify({ ...readKept(token), token, [part]: value }));
  } catch {
    // The storage is full. Then the next start waits for the server, as the first start does.
  }
}

/** What is kept for this token. The parts have been written by this build or an earlier one. */
export function readKept(token: string): Kept {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT_KEY) ?? '{}') as Kept & { token?: string };
    return kept.token === token ? kept : {};
  } catch {
    return {};
  }
}
