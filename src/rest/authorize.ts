import type { Request, Response } from 'express';
import type { Authenticate, Authentication } from '../access/authenticate.ts';
import type { Credentials, CredentialsProblem, Scheme } from '../access/credentials.ts';
import { authorizationOf, credentialsOf } from '../access/credentials.ts';
import type { Identity } from '../access/identity.ts';
import type { CountRequest, RateLimitState } from '../access/rate-limit.ts';
import { mayRead, mayWrite } from '../access/roles.ts';
import type { Caller } from '../graphql/context.ts';
import type { TagOf } from '../graphql/execution/answer-tags.ts';
import type { Admission, Place } from '../http/admission.ts';
import { OVERLOADED_MESSAGE } from '../http/admission.ts';
import { sentNotModified } from '../http/entity-tag.ts';
import { isRead } from '../http/safe-methods.ts';
import { accepts } from './accept.ts';
import { HttpError, INVALID_TOKEN, NOT_PERMITTED, serviceUnavailable, throttled } from './http-error.ts';
import { origin } from './page.ts';

export interface AuthorizationParts {
  readonly authenticate: Authenticate;
  readonly countRequest: CountRequest;
  readonly admission: Admission;
  readonly tagOf: TagOf;
}

/** A request that has passed all checks. */
export interface Authorized {
  readonly caller: Caller;
  readonly place: Place;
  /** The entity tag for a successful answer to a GET; null when the answer gets none. */
  readonly tag: string | null;
}

/** In what an endpoint differs from most others. */
export interface AuthorizationOptions {
  /** The media type of the answer. */
  readonly form?: string;
  /** Whether the endpoint answers 304 to callers who already have the answer. */
  readonly conditional?: boolean;
  /** Whether the role viewer is allowed too. The endpoints of existing servers are only for roles that can write. */
  readonly forViewers?: boolean;
}

/**
 * Checks a request to an endpoint before its body is read, in the contract's order: Accept header, wrong credentials, method, missing
 * credentials, role, rate limit of the workspace, limit of concurrent requests. Throws an HttpError when a check fails. Returns null
 * when it has answered 304. Such a request does not count towards the rate limit.
 */
export async function authorize(
  parts: AuthorizationParts,
  request: Request,
  response: Response,
  methods: readonly string[],
  { form = 'application/json', conditional = true, forViewers = false }: AuthorizationOptions = {},
): Promise<Authorized | null> {
  if (!accepts(request.headers.accept, form)) throw await notAcceptable(parts, request, response);
  const viewer = await identify(parts, request, response);
  if (!methods.includes(request.method)) throw methodNotAllowed(request.method);
  if (!viewer || !(forViewers ? mayRead(viewer.role) : mayWrite(viewer.role))) throw forbidden(viewer);
  const tag = conditional ? await tagFor(parts.tagOf, viewer, request) : null;
  if (tag !== null && sentNotModified(response, tag)) return null;
  const { rateLimit, place } = await admit(parts, viewer, response);
  const { requestId, observed } = response.locals;
  const credentials = viewer.issuer === 'account' ? givenCredentials(request) : null;
  const authorization = credentials ? authorizationOf(credentials) : undefined;
  return { caller: { requestId, observed, viewer, origin: 'rest', rateLimit, authorization }, place, tag };
}

/** Counts a request in the rate limit of its workspace, and admits it to the concurrent requests. Throws an HttpError at either limit. */
export async function admit(
  parts: Pick<AuthorizationParts, 'countRequest' | 'admission'>,
  viewer: Identity,
  response: Response,
): Promise<{ readonly rateLimit: RateLimitState | null; readonly place: Place }> {
  const rateLimit = await parts.countRequest(viewer.workspace.uuid);
  if (rateLimit && !rateLimit.allowed) throw throttled(rateLimit.retryAfter);
  const place = await parts.admission.admit(viewer.workspace.id, response);
  if (!place) throw serviceUnavailable(OVERLOADED_MESSAGE);
  return { rateLimit, place };
}

/** The tag depends on the address of the request, because the links in the answer begin with it. */
async function tagFor(tagOf: TagOf, viewer: Identity, request: Request): Promise<string | null> {
  if (!isRead(request)) return null;
  return tagOf(viewer, { address: `${origin(request)}${request.originalUrl}`, accept: request.headers.accept });
}

/**
 * The caller of a request; null when it has no credentials. Throws an HttpError when they are wrong. Sets the header
 * `X-Temba-Workspace` as soon as the workspace is known, so that errors have it too.
 */
export async function identify(
  { authenticate }: Pick<AuthorizationParts, 'authenticate'>,
  request: Request,
  response: Response,
): Promise<Identity | null> {
  const credentials = givenCredentials(request);
  if (!credentials) return null;
  const authentication = await authenticate(credentials, request);
  if (authentication.kind !== 'known') throw refusedCredentials(credentials, authentication);
  const { viewer } = authentication;
  response.setHeader('x-temba-workspace', viewer.workspace.uuid);
  response.locals.observed.workspace = viewer.workspace.uuid;
  return viewer;
}

const SCHEMES: readonly Scheme[] = ['token', 'basic'];

/** The credentials of a request; null when it has none. Throws an HttpError when they are malformed. */
export function givenCredentials(request: Request): Credentials | null {
  const credentials = credentialsOf(request, SCHEMES);
  if (!('problem' in credentials)) return credentials;
  if (credentials.problem === 'absent') return null;
  throw new HttpError(403, CREDENTIALS_MESSAGES[credentials.problem]);
}

/** The error for something that the caller may not do. Without credentials, it says that they are missing. */
export function forbidden(viewer: Identity | null): HttpError {
  return new HttpError(403, viewer ? NOT_PERMITTED : 'Authentication credentials were not provided.');
}

/** The error for a method that an address does not have. The header `Allow` of every answer names the methods that it has. */
export function methodNotAllowed(method: string): HttpError {
  return new HttpError(405, `Method "${method}" not allowed.`);
}

/** The error for an Accept header that allows none of the media types of an address. It comes before the one for wrong credentials. */
export async function notAcceptable(
  parts: Pick<AuthorizationParts, 'authenticate'>,
  request: Request,
  response: Response,
): Promise<HttpError> {
  // The answer names the workspace of known credentials, like every other.
  await identify(parts, request, response).catch(() => null);
  return new HttpError(406, 'Could not satisfy the request Accept header.');
}

/** The contract has one error for all wrong tokens, including expired ones. */
function refusedCredentials(
  { kind }: Credentials,
  authentication: Exclude<Authentication, { kind: 'known' }>,
): HttpError {
  if (authentication.kind === 'too-many-failures') return throttled(authentication.retryAfter);
  return new HttpError(403, kind === 'basic' ? 'Invalid token or email' : INVALID_TOKEN);
}

const CREDENTIALS_MESSAGES: Record<Exclude<CredentialsProblem, 'absent'>, string> = {
  'token-empty': 'Invalid token header. No credentials provided.',
  'token-spaces': 'Invalid token header. Token string should not contain spaces.',
  'token-encoding': 'Invalid token header. Token string should not contain invalid characters.',
  'basic-empty': 'Invalid basic header. No credentials provided.',
  'basic-spaces': 'Invalid basic header. Credentials string should not contain spaces.',
  'basic-encoding': 'Invalid basic header. Credentials not correctly base64 encoded.',
};
