/** What a terminal would obey, or what would begin another line: control characters, line and paragraph separators. */
const OBEYED = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

/**
 * A text of users as a terminal may show it. Names come from snapshots, live accounts and GraphQL too, and what they have of control
 * characters is shown as JSON writes it.
 */
export function oneLine(text: string): string {
  return text.replace(OBEYED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
