/**
 * A time of GraphQL as Python writes it, because existing servers are written in Python: with six digits of fraction, or
 * without a fraction when it is a whole second (20-list, "names come back as they were given"). GraphQL writes three
 * digits when the last three of the six would be zero.
 */
export function restTime(text: string): string {
  if (text.endsWith('.000Z')) return `${text.slice(0, -5)}Z`;
  return text.at(-5) === '.' ? `${text.slice(0, -1)}000Z` : text;
}
