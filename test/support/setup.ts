import { afterAll } from 'vitest';
import { undoAll } from './afterwards.ts';

// Vitest runs this file before each test file, also where test files share modules (test:fast).
// Dropping a database of PostgreSQL waits for the server's checkpoint, which takes its time on a busy disk.
afterAll(undoAll, 60_000);
