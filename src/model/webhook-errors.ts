import type { UserError } from './user-error.ts';

// User errors about webhooks. Each message says what is wrong, and what would be right.

export function webhookNotFound(uuid: string): UserError {
  return { field: ['uuid'], code: 'NOT_FOUND', message: `There is no webhook with the UUID ${uuid}.` };
}

export function webhookNameTaken(existing: string): UserError {
  return {
    field: ['name'],
    code: 'TAKEN',
    message: `There is a webhook named “${existing}” already. Choose another name.`,
  };
}

/** The message does not repeat the address, because it can contain a password. */
export function addressInvalid(problem: string): UserError {
  return {
    field: ['url'],
    code: 'INVALID_ADDRESS',
    message: `The address cannot be used: ${problem}. Give one such as https://receiver.example/changes.`,
  };
}

export function tooManyWebhooks(limit: number): UserError {
  return {
    field: null,
    code: 'TOO_MANY',
    message: `The workspace has ${limit} webhooks, which is as many as it can have. Delete one that is not needed.`,
  };
}
