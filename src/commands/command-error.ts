/** A command failed for a reason that a person can remove. The message is one line: why, and what would be right. */
export class CommandError extends Error {}
