import type { Micros, RoleName } from '../database/tables.ts';
import { formatTime } from './time.ts';
import type { UserError } from './user-error.ts';

// User errors about tokens. Each message says what is wrong, with the value, and what would be right.

export function roleBeyondOwn(role: RoleName, own: RoleName): UserError {
  return {
    field: ['maxRole'],
    code: 'BEYOND_REACH',
    message: `A token cannot create one that allows more: yours allows what the role ${own} may do, and not ${role}.`,
  };
}

export function roleBeyondMember(role: RoleName, email: string, own: RoleName): UserError {
  return {
    field: ['maxRole'],
    code: 'BEYOND_REACH',
    message: `A token cannot allow more than its member may do: ${email} has the role ${own}, and not ${role}.`,
  };
}

export function expiryBeyondOwn(expiresOn: Micros, own: Micros): UserError {
  return {
    field: ['expiresOn'],
    code: 'BEYOND_REACH',
    message: `A token cannot create one that expires later: yours expires on ${formatTime(own)}, and the new one would on ${formatTime(expiresOn)}.`,
  };
}

export function expiryPassed(expiresOn: Micros): UserError {
  return {
    field: ['expiresOn'],
    code: 'PAST',
    message: `The token would expire on ${formatTime(expiresOn)}, which has passed. Name a later time.`,
  };
}

export function tooManyTokens(email: string, limit: number): UserError {
  return {
    field: null,
    code: 'TOO_MANY',
    message: `${email} has ${limit} tokens, which is as many as a member can have. Revoke one that is not needed.`,
  };
}
