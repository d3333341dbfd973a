import type { Request, Response } from 'express';
import type { Authenticate, Authentication } from '../access/authenticate.ts';
import type { Credentials, CredentialsProblem } from '../access/credentials.ts';
import { parseCredentials } from '../access/credentials.ts';
import type { CountRequest } from '../access/rate-limit.ts';
import { mayWrite } from '../access/roles.ts';
import type { Caller } from '../graphql/context.ts';
import type { Admission } from '../http/admission.ts';
import { OVERLOADED_MESSAGE } from '../http/admission.ts';
import { accepts } from './accept.ts';
import { HttpError, serviceUnavailable } from './http-error.ts';

export interface AuthorizationParts {
  readonly authenticate: Authenticate;
  readonly countRequest: CountRequest;
  readonly admission: Admission;
}

/**
 * Decides whether a request to an endpoint may go on, before its body is read. The checks come in the contract's order:
 * Accept header, credentials, method, role, rate limit of the workspace, bounds of the requests under way. Returns the
 * caller. Throws an HttpError. The header `X-Temba-Workspace` is set as soon as the workspace is known, so that errors have
 * it as well.
 */
export async function authorize(
  { authenticate, countRequest, admission }: AuthorizationParts,
  request: Request,
  response: Response,
  methods: readonly string[],
): Promise<Caller> {
  if (!accepts(request.headers.accept, 'application/json')) {
    throw new HttpError(406, 'Could not satisfy the request Accept header.');
  }

  const credentials = parseCredentials(request.headers.authorization, ['token', 'basic']);
  if ('problem' in credentials) throw new HttpError(403, CREDENTIALS_MESSAGES[credentials.problem]);
  const authentication = await authenticate(credentials, request);
  if (authentication.kind !== 'known') throw refusedCredentials(credentials, authentication);
  const { viewer } = authentication;
  response.setHeader('x-temba-workspace', viewer.workspace.uuid);
  const { requestId, observed } = response.locals;
  observed.workspace = viewer.workspace.uuid;

  if (!methods.includes(request.method)) throw methodNotAllowed(request.method, methods);
  if (!mayWrite(viewer.role)) throw new HttpError(403, 'You do not have permission to perform this action.');
  const rateLimit = await countRequest(viewer.workspace.id);
  if (rateLimit && !rateLimit.allowed) throw throttled(rateLimit.retryAfter);
  if (!(await admission.admit(viewer.workspace.id, response))) {
    throw serviceUnavailable(OVERLOADED_MESSAGE);
  }
  return { requestId, observed, viewer, origin: 'rest', rateLimit };
}

/** The answer to a method that an address does not have. It names the methods that it has (RFC 9110, 15.5.6). */
export function methodNotAllowed(method: string, allowed: readonly string[]): HttpError {
  return new HttpError(405, `Method "${method}" not allowed.`, { allow: allowed.join(', ') });
}

/** The contract has one answer to all wrong tokens, expired ones included. */
function refusedCredentials(
  { kind }: Credentials,
  authentication: Exclude<Authentication, { kind: 'known' }>,
): HttpError {
  if (authentication.kind === 'too-many-failures') return throttled(authentication.retryAfter);
  return new HttpError(403, kind === 'basic' ? 'Invalid token or email' : 'Invalid token');
}

function throttled(seconds: number): HttpError {
  const plural = seconds === 1 ? '' : 's';
  return new HttpError(429, `Request was throttled. Expected available in ${seconds} second${plural}.`, {
    'retry-after': String(seconds),
  });
}

const CREDENTIALS_MESSAGES: Record<CredentialsProblem, string> = {
  absent: 'Authentication credentials were not provided.',
  'token-empty': 'Invalid token header. No credentials provided.',
  'token-spaces': 'Invalid token header. Token string should not contain spaces.',
  'token-encoding': 'Invalid token header. Token string should not contain invalid characters.',
  'basic-empty': 'Invalid basic header. No credentials provided.',
  'basic-spaces': 'Invalid basic header. Credentials string should not contain spaces.',
  'basic-encoding': 'Invalid basic header. Credentials not correctly base64 encoded.',
};
