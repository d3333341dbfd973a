/**
 * The API token of this tab. It lives in sessionStorage, which ends with the tab: localStorage would leave a key
 * behind on a shared machine. Nothing here ever puts it where a request line or a log could hold it.
 */
const KEY = 'campaigns.token';

export function readToken(): string | undefined {
  return sessionStorage.getItem(KEY) ?? undefined;
}

export function keepToken(token: string): void {
  sessionStorage.setItem(KEY, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(KEY);
}

/**
 * The token of a sign-in link (`/#token=…`). A fragment is never sent to a server; it is taken out of the address bar
 * and the history at once, so that a copied address carries no key.
 */
export function takeTokenFromAddress(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')?.trim();
  if (!token) return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  keepToken(token);
  return token;
}
