/** The list that was last looked at, as the query of its address, so that the way back leads to it. */
let last = '';

export function rememberView(query: string): void {
  last = query === '' ? '' : `?${query}`;
}

export function lastView(): string {
  return last;
}
