import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** The browser to test with: the one that is named, or Debian's. */
export const CHROMIUM = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find((path) => path && existsSync(path));

/** Launch arguments that keep the browser from everything but the tests' own server. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launch(): Promise<Browser> {
  if (!CHROMIUM) throw new Error('No Chromium was found.');
  return chromium.launch({ executablePath: CHROMIUM, args: QUIET });
}
