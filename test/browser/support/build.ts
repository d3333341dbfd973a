import { buildConsole } from '../../../src/console/build.ts';
import { CHROMIUM, NO_CHROMIUM } from '../../support/chromium.ts';

/** Builds the console once before all tests, so that the servers of the tests do not build it at the same time. */
export async function setup(): Promise<void> {
  if (!CHROMIUM) process.stderr.write(`The tests in a browser are SKIPPED: ${NO_CHROMIUM}.\n`);
  await buildConsole();
}
