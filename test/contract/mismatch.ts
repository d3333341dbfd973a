/** A reply is not as a case expects it. */
export class Mismatch extends Error {}

/** A value as JSON of at most 160 characters, for a message. */
export function short(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 160 ? text : `${text.slice(0, 159)}…`;
}
