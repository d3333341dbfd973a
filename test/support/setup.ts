import { afterAll } from 'vitest';
import { undoAll } from './afterwards.ts';

// Vitest runs this file before each test file, also where test files share modules (test:fast).
afterAll(undoAll);
