import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../thrown.ts';
import { CommandError } from './command-error.ts';

/** A CommandError for a file that cannot be read or written; any other error as it is. */
export function fileError(error: unknown, file: string): unknown {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      // The folder is what is missing when a new file cannot be made in it.
      return new CommandError(`There is no file or folder "${existsSync(dirname(file)) ? file : dirname(file)}".`);
    case 'EISDIR':
      return new CommandError(`"${file}" is a folder; name a file.`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new CommandError(`"${file}" cannot be used: permission is denied.`);
    case 'ELOOP':
      return new CommandError(`"${file}" cannot be used: its symbolic links lead in a circle.`);
    case 'ENXIO':
      return new CommandError(`"${file}" cannot be written: it is a socket, or a device that is not there.`);
    case 'EPIPE':
      return new CommandError(`"${file}" was closed by its reader before all was written.`);
    case 'ENOSPC':
    case 'EDQUOT':
      return new CommandError(`"${file}" cannot be written: the disk is full.`);
    case 'EFBIG':
      return new CommandError(`"${file}" cannot be written: it would be larger than the system allows.`);
    case 'ENAMETOOLONG':
      return new CommandError(`"${file}" cannot be used: its name is too long.`);
    case 'EIO':
      return new CommandError(`"${file}" cannot be used: the disk fails to read or to write.`);
    default:
      return error;
  }
}
