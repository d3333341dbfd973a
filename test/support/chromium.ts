import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** The headless shell comes first, because the tests need only two thirds of the processor time with it. It is Chromium without windows. */
const PATHS = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** The path of the browser: `CHROMIUM_PATH`, or else the path of a Debian package. Undefined when there is no browser. */
export const CHROMIUM = PATHS.find((path) => path && existsSync(path));

/** The reason to skip browser tests when `CHROMIUM` is undefined. */
export const NO_CHROMIUM =
  'there is no Chromium at CHROMIUM_PATH, /usr/bin/chromium-headless-shell or /usr/bin/chromium';

/** `--no-sandbox` is needed because CI runs as root. Most others keep Chromium from connecting to other servers than the test's. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless browser. `args` are added to `ARGUMENTS`. */
export function launchChromium(args: readonly string[] = []): Promise<Browser> {
  if (!CHROMIUM) throw new Error(`The browser cannot be started: ${NO_CHROMIUM}.`);
  return chromium.launch({ executablePath: CHROMIUM, args: [...ARGUMENTS, ...args] });
}

/** Turns off optimized compilation and V8's helper threads. Test pages are open for 1 to 2 s, so these cost more time than they save. */
const SHORT_PAGES = '--js-flags=--single-threaded --no-opt --no-maglev';

let shared: Promise<Browser> | undefined;

/** The browser that all tests of this process share. It starts at the first call and ends with the process. */
export async function sharedChromium(): Promise<Browser> {
  const running = await shared;
  if (running?.isConnected()) return running;
  shared = launchChromium([SHORT_PAGES]);
  return shared;
}
