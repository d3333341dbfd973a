import { buildConsole } from '../../../src/console/build.ts';
import { CHROMIUM } from './chromium.ts';

/** Once before all tests, so that the servers they start do not each build the console at the same time. */
export async function setup(): Promise<void> {
  if (!CHROMIUM) {
    process.stderr.write(
      'The tests in a browser are SKIPPED: there is no Chromium at /usr/bin/chromium or CHROMIUM_PATH.\n',
    );
  }
  await buildConsole();
}
