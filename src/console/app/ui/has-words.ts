/** Whether the text has each of the words, or parts of words, in upper or lower case. */
export function hasWords(text: string, words: string): boolean {
  const lower = text.toLocaleLowerCase();
  return words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}
