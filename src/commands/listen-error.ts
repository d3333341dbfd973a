import type { Config } from '../config.ts';
import { codeOf } from '../thrown.ts';
import { CommandError } from './command-error.ts';

/** A CommandError for an address that the server cannot listen on; any other error as it is. */
export function listenError(error: unknown, { host, port, adminPort }: Config): unknown {
  const isAdmin = error instanceof Error && 'port' in error && error.port === adminPort && adminPort !== port;
  const [setting, refused] = isAdmin ? ['ADMIN_PORT', adminPort] : ['PORT', port];
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new CommandError(
        `Port ${refused} is taken by another program. Stop it, or set ${setting} to another port.`,
      );
    case 'EACCES':
      return new CommandError(`Port ${refused} may not be used by this user. Set ${setting} to one from 1024 on.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new CommandError(
        `HOST is "${host}", which is no address of this machine. Set it to 127.0.0.1 or 0.0.0.0.`,
      );
    default:
      return error;
  }
}
