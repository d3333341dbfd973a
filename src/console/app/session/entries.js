// @ts-check
const page = /** @type {Window & { refusedEntries?: Map<string, string> }} */ (window);
/**
 * What the browser has refused to keep in sessionStorage, for example because the storage is full. It is kept until the page is left, so
 * that signing in, switching the workspace and drafts work until then. The window has it, because the first script of the console, which
 * takes the token of a sign-in link, is built with a copy of this module of its own.
 */
const refused = (page.refusedEntries ??= new Map());

/**
 * An entry of this tab.
 * @param {string} key
 * @returns {string | null}
 */
export function readEntry(key) {
  return refused.get(key) ?? sessionStorage.getItem(key);
}

/**
 * @param {string} key
 * @param {string} value
 */
export function keepEntry(key, value) {
  refused.delete(key);
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // The next page must not find an older value.
    sessionStorage.removeItem(key);
    refused.set(key, value);
  }
}

/** @param {string} key */
export function forgetEntry(key) {
  refused.delete(key);
  sessionStorage.removeItem(key);
}

/** Forgets all entries of this tab. */
export function forgetEntries() {
  refused.clear();
  sessionStorage.clear();
}

/** @returns {[key: string, value: string][]} */
export function allEntries() {
  return Object.entries({ ...sessionStorage, ...Object.fromEntries(refused) });
}
