import type { UserErrorCode } from '../generated/graphql.ts';

/** The present campaign or group, if somebody else has changed it first. Undefined means that there was no conflict. */
export function conflictOf<Current>(
  userErrors: readonly { code: UserErrorCode; current: Current | null }[],
): Current | undefined {
  return userErrors.find(({ code }) => code === 'CONFLICT')?.current ?? undefined;
}
