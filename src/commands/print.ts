import { CommandError, systemCode } from './command-error.ts';
import { fileError } from './file-error.ts';

/**
 * Writes a line to standard output. Resolves when it is written, and rejects with a CommandError when it cannot be, because a key that is
 * shown only once must not be lost silently.
 */
export async function print(line: string): Promise<void> {
  console.log(line);
  await new Promise<void>((resolve, reject) => {
    process.stdout.write('', (error) => {
      const cause = process.stdout.errored ?? error;
      if (cause) reject(outputError(cause));
      else resolve();
    });
  });
}

function outputError(error: Error): unknown {
  const known = fileError(error, 'standard output');
  return known instanceof CommandError
    ? known
    : new CommandError(`Standard output cannot be written: ${systemCode(error) ?? error.message}.`);
}
