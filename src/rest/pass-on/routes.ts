import type { Request, RequestHandler } from 'express';
import type { Identity } from '../../access/identity.ts';
import type { AuthorizationParts } from '../authorize.ts';
import { admit, forbidden, identify } from '../authorize.ts';
import { HttpError } from '../http-error.ts';
import { origin } from '../page.ts';
import type { Proxy } from './proxy.ts';

export interface PassOnParts extends Pick<AuthorizationParts, 'authenticate' | 'countRequest' | 'admission'> {
  readonly passOn: PassOn;
}

/** What passes requests on, and where to. */
export interface PassOn {
  readonly proxy: Proxy;
  /**
   * The address of the account whose token the caller has shown, without a slash at its end. null: it is a token of this server,
   * which is never sent to an account.
   */
  readonly accountOf: (viewer: Identity) => string | null;
}

/** A path with a step up, also where a server behind the account's proxy decodes the path once more. */
const STEP_UP = /(?:^|[/\\])\.{1,2}(?:[/\\;]|$)/;

/**
 * Passes a request for what this server does not have on to the account that the caller's token is of: with the token that came
 * with it, and with no other. Addresses that lead out of API v2 are not found.
 */
export function passOnRoute(parts: PassOnParts): RequestHandler {
  const { proxy, accountOf } = parts.passOn;
  return async (request, response) => {
    const viewer = await identify(parts, request, response);
    if (!viewer) throw forbidden(null);
    const account = accountOf(viewer);
    if (account === null || !staysBelow(request)) throw new HttpError(404, 'Not found.');
    await admit(parts, viewer, response);
    const here = `${origin(request)}${request.baseUrl}`;
    await proxy.pass(request, response, { account: `${account}/api/v2`, here });
  };
}

function staysBelow(request: Request): boolean {
  const path = request.url.replace(/\?.*$/s, '');
  const decoded = path.replaceAll(/%(?:25)*(2e|2f|5c)/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return path.startsWith('/') && !STEP_UP.test(decoded);
}
