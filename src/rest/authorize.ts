import type { Request, Response } from 'express';
import type { Authenticate, Authentication } from '../access/authenticate.ts';
import type { Credentials, CredentialsProblem } from '../access/credentials.ts';
import { parseCredentials } from '../access/credentials.ts';
import type { Identity } from '../access/identity.ts';
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
 * Accept header, wrong credentials, method, missing credentials, role, rate limit of the workspace, bounds of the requests
 * under way. Returns the caller. Throws an HttpError.
 */
export async function authorize(
  parts: AuthorizationParts,
  request: Request,
  response: Response,
  methods: readonly string[],
): Promise<Caller> {
  if (!accepts(request.headers.accept, 'application/json')) throw notAcceptable();
  const viewer = await identify(parts, request, response);
  if (!methods.includes(request.method)) throw methodNotAllowed(request.method);
  if (!viewer || !mayWrite(viewer.role)) throw forbidden(viewer);
  const rateLimit = await parts.countRequest(viewer.workspace.uuid);
  if (rateLimit && !rateLimit.allowed) throw throttled(rateLimit.retryAfter);
  if (!(await parts.admission.admit(viewer.workspace.id, response))) {
    throw serviceUnavailable(OVERLOADED_MESSAGE);
  }
  const { requestId, observed } = response.locals;
  return { requestId, observed, viewer, origin: 'rest', rateLimit };
}

/**
 * Finds out who sends a request; null when it has no credentials. Throws the HttpError of wrong ones. The header
 * `X-Temba-Workspace` is set as soon as the workspace is known, so that errors have it as well.
 */
export async function identify(
  { authenticate }: Pick<AuthorizationParts, 'authenticate'>,
  request: Request,
  response: Response,
): Promise<Identity | null> {
  const credentials = parseCredentials(request.headers.authorization, ['token', 'basic']);
  if ('problem' in credentials) {
    if (credentials.problem === 'absent') return null;
    throw new HttpError(403, CREDENTIALS_MESSAGES[credentials.problem]);
  }
  const authentication = await authenticate(credentials, request);
  if (authentication.kind !== 'known') throw refusedCredentials(credentials, authentication);
  const { viewer } = authentication;
  response.setHeader('x-temba-workspace', viewer.workspace.uuid);
  response.locals.observed.workspace = viewer.workspace.uuid;
  return viewer;
}

/** The answer to what a caller may not do. It says that credentials are missing when there are none. */
export function forbidden(viewer: Identity | null): HttpError {
  return new HttpError(
    403,
    viewer ? 'You do not have permission to perform this action.' : 'Authentication credentials were not provided.',
  );
}

/** The answer to a method that an address does not have. The header `Allow` of every answer names those that it has. */
export function methodNotAllowed(method: string): HttpError {
  return new HttpError(405, `Method "${method}" not allowed.`);
}

/** The answer to an Accept header that allows no form that an address has. */
export function notAcceptable(): HttpError {
  return new HttpError(406, 'Could not satisfy the request Accept header.');
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

const CREDENTIALS_MESSAGES: Record<Exclude<CredentialsProblem, 'absent'>, string> = {
  'token-empty': 'Invalid token header. No credentials provided.',
  'token-spaces': 'Invalid token header. Token string should not contain spaces.',
  'token-encoding': 'Invalid token header. Token string should not contain invalid characters.',
  'basic-empty': 'Invalid basic header. No credentials provided.',
  'basic-spaces': 'Invalid basic header. Credentials string should not contain spaces.',
  'basic-encoding': 'Invalid basic header. Credentials not correctly base64 encoded.',
};
