import type { ErrorMessages } from '../api/input-error.ts';

export const WEBHOOK_ERRORS: ErrorMessages = {
  BLANK: 'userError.blank',
  TOO_LONG: 'userError.tooLong',
  INVALID_CHARACTER: 'userError.invalidCharacter',
  TAKEN: 'webhook.nameTaken',
  NOT_FOUND: 'webhook.notFound',
  CONFLICT: 'conflict.whileLooking',
  INVALID_ADDRESS: 'webhook.addressInvalid',
  TOO_MANY: 'webhook.tooMany',
};
