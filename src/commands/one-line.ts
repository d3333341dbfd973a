/** Characters that control a terminal or begin another line: control characters, line and paragraph separators. */
const OBEYED = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

/**
 * Makes a text that users have written safe to print in a terminal. Such a text also comes from snapshots, live accounts and GraphQL.
 * Control characters become JSON escapes.
 */
export function oneLine(text: string): string {
  return text.replace(OBEYED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
