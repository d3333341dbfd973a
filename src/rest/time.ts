/**
 * A moment as existing servers write it, which are written in Python: six digits of fraction, or none for a whole second.
 * GraphQL writes three where the microseconds are zero (20-list, "names come back as they were given").
 */
export function restTime(text: string): string {
  if (text.endsWith('.000Z')) return `${text.slice(0, -5)}Z`;
  return /\.\d{3}Z$/.test(text) ? `${text.slice(0, -1)}000Z` : text;
}
