/** A command failed for a reason that a person can remove. The message is one line: why, and what would be right. */
export class CommandError extends Error {}

/** The code of an operating system error, such as ENOENT; undefined for other errors. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
