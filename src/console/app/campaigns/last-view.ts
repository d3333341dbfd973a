/** The query string of the last list that was shown, for the link back to it. */
let last = '';

export function saveLastView(query: string): void {
  last = query === '' ? '' : `?${query}`;
}

export function lastView(): string {
  return last;
}
