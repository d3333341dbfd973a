import { afterAll } from 'vitest';
import { undoAll } from './afterwards.ts';

// Vitest runs this file before each test file, also where test files share modules (test:fast).
// The timeout is long, because dropping a PostgreSQL database waits for a checkpoint, which can take long on a busy disk.
afterAll(undoAll, 60_000);
