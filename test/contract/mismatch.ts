/** What a reply has differs from what is wanted. */
export class Mismatch extends Error {}

/** A value in few letters, for a message. */
export function short(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 160 ? text : `${text.slice(0, 159)}…`;
}
