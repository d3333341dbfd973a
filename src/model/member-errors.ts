import type { UserError } from './user-error.ts';
import { shown } from './user-error.ts';

// User errors about members. Each message says what is wrong, with the value, and what would be right.

export function emailInvalid(email: string, longest: number): UserError {
  return {
    field: ['email'],
    code: 'INVALID_ADDRESS',
    message: `"${shown(email)}" is no e-mail address. Give one such as amina@nyota.example, without white space or colons, and with at most ${longest} characters.`,
  };
}

export function memberAlready(email: string): UserError {
  return {
    field: ['email'],
    code: 'TAKEN',
    message: `${email} is a member already. Change the role of this member, or create a token for it.`,
  };
}

export function userInactive(email: string): UserError {
  return {
    field: ['email'],
    code: 'INACTIVE',
    message: `The server's operator has made ${email} inactive. Only the operator can undo this, by creating a token.`,
  };
}

export function lastAdministrator(email: string): UserError {
  return {
    field: null,
    code: 'LAST_ADMINISTRATOR',
    message: `${email} is the last administrator of the workspace. Make somebody else an administrator first.`,
  };
}
