import type { RoleName } from '../database/tables.ts';
import { makeRoom } from '../memory/make-room.ts';
import type { Credentials } from './credentials.ts';
import type { FailureCounter } from './failure-limit.ts';
import { mayRead } from './roles.ts';
import type { Identify, Identity } from './identity.ts';
import type { RecordUse } from './last-use.ts';

/** Where a request comes from. Express computes `ip` when it is read, by the setting TRUST_PROXY. */
export interface Origin {
  readonly ip?: string | undefined;
}

/** Who the caller is, or why the credentials are refused. `retryAfter` is in whole seconds, 1 at least. */
export type Authentication =
  | { readonly kind: 'known'; readonly viewer: Identity }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'too-many-failures'; readonly retryAfter: number };

export type Authenticate = (credentials: Credentials, from: Origin) => Promise<Authentication>;

/**
 * The role that credentials which were right give now; null when their caller may not even read any more. Rejects when the database does
 * not answer.
 */
export type RoleNow = (credentials: Credentials) => Promise<RoleName | null>;

/** Creates the function for callers whose answers take so long that a token may be revoked, expire or get another role meanwhile. */
export function roleNow(identify: Identify): RoleNow {
  return async (credentials) => {
    const viewer = await identify(credentials);
    return viewer !== null && viewer !== 'expired' && mayRead(viewer.role) ? viewer.role : null;
  };
}

/** How many credentials that have been right are remembered. */
const MAX_REMEMBERED = 10_000;

/**
 * Identifies callers, and refuses addresses that have sent too many wrong tokens. Such an address is refused before the
 * database is read, with one exception: credentials that have been right since the process started are still looked
 * up, because many users can share one address. A token that is used for the first time has to wait with the others.
 */
export function authenticator(identify: Identify, failures: FailureCounter, recordUse: RecordUse): Authenticate {
  const onceRight = new Set<string>();
  return async (credentials, from) => {
    const { fingerprint } = credentials;
    if (!onceRight.has(fingerprint)) {
      const retryAfter = await failures.secondsToWait(from.ip);
      if (retryAfter > 0) return { kind: 'too-many-failures', retryAfter };
    }
    const viewer = await identify(credentials);
    if (viewer === null || viewer === 'expired') {
      onceRight.delete(fingerprint);
      await failures.count(from.ip);
      return { kind: viewer ?? 'unknown' };
    }
    if (!onceRight.has(fingerprint)) makeRoom(onceRight, MAX_REMEMBERED);
    onceRight.add(fingerprint);
    if (viewer.issuer === 'here') recordUse(viewer.token);
    return { kind: 'known', viewer };
  };
}
