import type { Author } from '../../src/database/database.ts';

/** The author of the changes in tests that use the model directly. */
export const AUTHOR: Author = { origin: 'graphql', user: 'somebody@example.org', token: 'test' };
