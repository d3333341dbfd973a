import type { Request } from 'express';
import type { Authenticate } from '../access/authenticate.ts';
import type { Credentials, Scheme } from '../access/credentials.ts';
import { credentialsOf } from '../access/credentials.ts';
import type { Identity } from '../access/identity.ts';
import { mayRead } from '../access/roles.ts';
import type { RequestError } from './refuse.ts';

/** A caller who may read, and the credentials that were shown. */
export interface KnownCaller {
  readonly viewer: Identity;
  readonly credentials: Credentials;
}

const SCHEMES: readonly Scheme[] = ['token', 'bearer'];

/** Finds out who sends the request. */
export async function identifyCaller(
  authenticate: Authenticate,
  request: Request,
): Promise<KnownCaller | RequestError> {
  const credentials = credentialsOf(request, SCHEMES);
  if ('problem' in credentials) {
    return {
      code: 'UNAUTHENTICATED',
      message: 'An API token is needed: send the header "Authorization: Bearer <token>".',
    };
  }
  const authentication = await authenticate(credentials, request);
  switch (authentication.kind) {
    case 'known':
      return mayRead(authentication.viewer.role)
        ? { viewer: authentication.viewer, credentials }
        : notForRole(authentication.viewer);
    case 'unknown':
      return { code: 'UNAUTHENTICATED', message: 'The API token is unknown, or it has been revoked. Use another one.' };
    case 'expired':
      return { code: 'UNAUTHENTICATED', message: 'The API token has expired. Use another one.' };
    case 'too-many-failures': {
      const { retryAfter } = authentication;
      const message = `Too many wrong API tokens have come from this address. Try again in ${retryAfter} seconds.`;
      return { code: 'RATE_LIMITED', message, extensions: { retryAfter } };
    }
  }
}

function notForRole({ role }: Identity): RequestError {
  return {
    code: 'FORBIDDEN',
    message: `${role ? 'Agents' : 'Users who have left the workspace'} have no access to campaigns.`,
  };
}
