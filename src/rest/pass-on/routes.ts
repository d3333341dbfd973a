import type { Request, RequestHandler } from 'express';
import type { Identity } from '../../access/identity.ts';
import type { Admission } from '../../http/admission.ts';
import type { AuthorizationParts } from '../authorize.ts';
import { admit, forbidden, identify } from '../authorize.ts';
import { HttpError } from '../http-error.ts';
import { origin } from '../page.ts';
import type { Proxy } from './proxy.ts';

export interface PassOnParts extends Pick<AuthorizationParts, 'authenticate' | 'countRequest'> {
  readonly passOn: PassOn;
}

/** What is needed to pass requests on to accounts. */
export interface PassOn {
  readonly proxy: Proxy;
  /** Not that of other requests: an account that does not answer would hold their places. */
  readonly admission: Admission;
  /** The account that a workspace is kept in; null if the workspace is kept here. `url` has no slash at its end. */
  readonly accountOf: (
    workspace: Identity['workspace']['id'],
    issuer: Identity['issuer'],
  ) => Promise<{ readonly url: string } | null>;
}

const FOREIGN_TOKEN =
  'This address is answered by the account that the workspace is kept in, which does not know this token. Use a token of the account.';

/** A path with a `.` or `..` segment. It may be encoded several times, because servers behind the account's proxy may decode the path again. */
const DOT_SEGMENT = /(?:^|[/\\])\.{1,2}(?:[/\\;]|$)/;

/**
 * Passes requests for endpoints that this server does not have on to the account that issued the caller's token. Only the caller's own
 * token is sent. Requests whose path leads out of API v2, and those of workspaces that are kept here, go to the next route.
 */
export function passOnRoute(parts: PassOnParts): RequestHandler {
  const { proxy, admission, accountOf } = parts.passOn;
  return async (request, response, next) => {
    const viewer = await identify(parts, request, response);
    if (!viewer) throw forbidden(null);
    const account = staysBelow(request) ? await accountOf(viewer.workspace.id, viewer.issuer) : null;
    if (!account) {
      next();
      return;
    }
    // The account does not know tokens that this server has issued, and another server must not see them.
    if (viewer.issuer === 'here') throw new HttpError(403, FOREIGN_TOKEN);
    await admit({ countRequest: parts.countRequest, admission }, viewer, response);
    const here = `${origin(request)}${request.baseUrl}`;
    await proxy.pass(request, response, { account: `${account.url}/api/v2`, here });
  };
}

function staysBelow(request: Request): boolean {
  const path = request.url.replace(/\?.*$/s, '');
  const decoded = path.replaceAll(/%(?:25)*(2e|2f|5c)/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return path.startsWith('/') && !DOT_SEGMENT.test(decoded);
}
