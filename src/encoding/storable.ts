/** Whether every engine can store a text. UTF-8 cannot hold a lone surrogate, and PostgreSQL refuses NUL. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
