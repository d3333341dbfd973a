import type { Config } from '../config.ts';
import { codeOf } from '../thrown.ts';
import { CommandError } from './command-error.ts';

/** The system's calls that fail when a server cannot listen. The last one looks up the address of a name. */
const LISTENING: ReadonlySet<unknown> = new Set(['listen', 'bind', 'getaddrinfo']);

/** A CommandError for an address that the server cannot listen on; any other error as it is. */
export function listenError(error: unknown, { host, port, adminPort }: Config): unknown {
  if (!(error instanceof Error && 'syscall' in error && LISTENING.has(error.syscall))) return error;
  const isAdmin = 'port' in error && error.port === adminPort && adminPort !== port;
  const [setting, refused] = isAdmin ? ['ADMIN_PORT', adminPort] : ['PORT', port];
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new CommandError(
        `Port ${refused} is taken by another program. Stop it, or set ${setting} to another port.`,
      );
    case 'EACCES':
      return new CommandError(`Port ${refused} may not be used by this user. Set ${setting} to one from 1024 on.`);
    case 'EADDRNOTAVAIL':
    // An address of IPv6 on a machine without it.
    case 'EAFNOSUPPORT':
    // Such as a link-local address of IPv6, which needs a zone.
    case 'EINVAL':
    case 'ENOTFOUND':
    // No name server has answered.
    case 'EAI_AGAIN':
      return new CommandError(
        `HOST is "${host}", which is no address of this machine. Set it to 127.0.0.1 or 0.0.0.0.`,
      );
    default:
      return error;
  }
}
