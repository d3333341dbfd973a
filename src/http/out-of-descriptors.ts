import { codeOf } from '../thrown.ts';

/** The codes of the system for a process, or a machine, that has as many files open as it may. */
const CODES: ReadonlySet<unknown> = new Set(['EMFILE', 'ENFILE']);

/**
 * Whether something failed because no more files can be opened at present. A connection and a pipe to another process are files,
 * too. Nothing was done, and the same request can succeed as soon as others have closed theirs.
 */
export function isOutOfDescriptors(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  // Node gives another code when an `import` could not read a package.json.
  return CODES.has(code) || (code === 'ERR_INVALID_PACKAGE_CONFIG' && error.message.includes('too many open files'));
}
