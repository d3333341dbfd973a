import type { Author } from '../../src/database/database.ts';

/** Who makes the changes of tests that use the model directly. */
export const AUTHOR: Author = { origin: 'graphql', user: 'somebody@example.org', token: 'test' };
