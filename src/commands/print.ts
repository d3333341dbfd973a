import { codeOf } from '../thrown.ts';
import { CommandError } from './command-error.ts';
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

/**
 * Prints a key that is shown only once. When it cannot be printed, takes back what it is for, because nobody has the key, and rejects
 * with a CommandError. `takeBack` returns a sentence that says what has become of it.
 */
export async function showOnce(key: string, takeBack: () => Promise<string>): Promise<void> {
  try {
    await print(key);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError(`${error.message} ${await takeBack()}`);
  }
}

function outputError(error: Error): unknown {
  const known = fileError(error, 'standard output');
  return known instanceof CommandError
    ? known
    : new CommandError(`Standard output cannot be written: ${codeOf(error) ?? error.message}.`);
}
