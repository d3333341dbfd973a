import type { UserError } from './user-error.ts';

// User errors about webhooks. Each message says what is wrong, and what would be right.

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
