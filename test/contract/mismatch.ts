/** The error for a reply that differs from the case's expectation. */
export class Mismatch extends Error {}

/** A value as JSON, cut to 160 characters for a message. */
export function short(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 160 ? text : `${text.slice(0, 159)}…`;
}
