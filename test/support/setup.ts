import { afterAll } from 'vitest';
import { undoAll } from './afterwards.ts';

// Vitest runs this file before each file of tests, also where those of a worker share their modules (test:fast).
afterAll(undoAll);
