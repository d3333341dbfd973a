/** A command cannot do what it was asked: the message says why, in one line, and what would be right. */
export class CommandError extends Error {}

/** The code of an error of the operating system, such as ENOENT. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
