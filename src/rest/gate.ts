import type { Request, Response } from 'express';
import type { CredentialsProblem } from '../access/credentials.ts';
import { parseCredentials } from '../access/credentials.ts';
import type { Identify } from '../access/identity.ts';
import type { CountRequest } from '../access/rate-limit.ts';
import { mayWrite } from '../access/roles.ts';
import type { Context, CreateContext } from '../graphql/context.ts';
import { accepts } from './accept.ts';
import { RestRefusal } from './refusal.ts';

export interface GateParts {
  readonly identify: Identify;
  readonly countRequest: CountRequest;
  readonly createContext: CreateContext;
}

/**
 * What every request to an endpoint passes before it is read, in the contract's order: what it accepts, its credentials,
 * its method, its role, and its workspace's rate limit. Returns the caller's context, or throws a RestRefusal. The
 * workspace is named in a header as soon as it is known.
 */
export async function pass(
  { identify, countRequest, createContext }: GateParts,
  request: Request,
  response: Response,
  methods: readonly string[],
): Promise<Context> {
  if (!accepts(request.headers.accept, 'application/json')) {
    throw new RestRefusal(406, 'Could not satisfy the request Accept header.');
  }

  const credentials = parseCredentials(request.headers.authorization, ['token', 'basic']);
  if ('problem' in credentials) throw new RestRefusal(403, CREDENTIALS[credentials.problem]);
  const viewer = await identify(credentials);
  if (!viewer) throw new RestRefusal(403, credentials.kind === 'basic' ? 'Invalid token or email' : 'Invalid token');
  response.setHeader('x-temba-workspace', viewer.workspace.uuid);

  if (!methods.includes(request.method)) throw methodNotAllowed(request.method, methods);
  if (!mayWrite(viewer.role)) throw new RestRefusal(403, 'You do not have permission to perform this action.');
  const rateLimit = await countRequest(viewer.workspace.id);
  if (rateLimit && !rateLimit.allowed) throw throttled(rateLimit.retryAfter);
  return createContext({ requestId: response.locals.requestId, viewer, rateLimit });
}

/** RFC 9110, 15.5.6: a 405 names the methods that are allowed. */
export function methodNotAllowed(method: string, allowed: readonly string[]): RestRefusal {
  return new RestRefusal(405, `Method "${method}" not allowed.`, { allow: allowed.join(', ') });
}

function throttled(seconds: number): RestRefusal {
  const plural = seconds === 1 ? '' : 's';
  return new RestRefusal(429, `Request was throttled. Expected available in ${seconds} second${plural}.`, {
    'retry-after': String(seconds),
  });
}

const CREDENTIALS: Record<CredentialsProblem, string> = {
  absent: 'Authentication credentials were not provided.',
  'token-empty': 'Invalid token header. No credentials provided.',
  'token-spaces': 'Invalid token header. Token string should not contain spaces.',
  'token-encoding': 'Invalid token header. Token string should not contain invalid characters.',
  'basic-empty': 'Invalid basic header. No credentials provided.',
  'basic-spaces': 'Invalid basic header. Credentials string should not contain spaces.',
  'basic-encoding': 'Invalid basic header. Credentials not correctly base64 encoded.',
};
