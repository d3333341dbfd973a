import type { Failure } from '../upstream/account-client.ts';

/** Why an account cannot be used, and what would be right, in one line. */
export function accountFailure(url: string, failure: Failure): string {
  switch (failure.kind) {
    case 'unauthorised':
      return `${url} refuses the token (${failure.status}). Give one of an administrator or editor of the account: UPSTREAM_TOKEN or UPSTREAM_TOKEN_FILE.`;
    case 'rate-limited':
      return `${url} allows no more requests for ${failure.retryAfter} seconds. Try again then.`;
    case 'refused':
      return `${url} answered ${failure.status}. It must be a server with API v2, without a path after its name.`;
    case 'unreachable':
    case 'unknown':
      return `${url} cannot be read at present. ${failure.reason}`;
  }
}
