/**
 * The address of a server that is reached over HTTP or HTTPS, without slashes at its end. Returns null when the text is no such
 * address, or has a user, a password, a query or a fragment.
 */
export function parseServerUrl(text: string): string | null {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) return null;
  return url.href.replace(/\/+$/, '');
}
