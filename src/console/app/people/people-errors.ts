import type { ErrorMessages } from '../api/input-error.ts';

export const MEMBER_ERRORS: ErrorMessages = {
  INVALID_ADDRESS: 'people.emailInvalid',
  TAKEN: 'people.memberAlready',
  INACTIVE: 'people.memberInactive',
  NOT_FOUND: 'people.memberGone',
  LAST_ADMINISTRATOR: 'people.lastAdministrator',
  CONFLICT: 'people.memberChanged',
};

/** The errors when a token is created. NOT_FOUND means that the member who should get it does not exist. */
export const NEW_TOKEN_ERRORS: ErrorMessages = {
  BLANK: 'userError.blank',
  TOO_LONG: 'userError.tooLong',
  INVALID_CHARACTER: 'userError.invalidCharacter',
  NOT_FOUND: 'people.memberGone',
  BEYOND_REACH: 'people.beyondReach',
  TOO_MANY: 'people.tooManyTokens',
};

/** The errors when a token is revoked. */
export const TOKEN_ERRORS: ErrorMessages = {
  NOT_FOUND: 'people.tokenGone',
};
