import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** The shell is the same Chromium without its windows. The tests take two thirds of the processor's time with it. */
const PATHS = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** The path of the browser: `CHROMIUM_PATH`, or else one of Debian's packages. Undefined if there is none. */
export const CHROMIUM = PATHS.find((path) => path && existsSync(path));

/** Why tests in a browser are skipped, if `CHROMIUM` is undefined. */
export const NO_CHROMIUM =
  'there is no Chromium at CHROMIUM_PATH, /usr/bin/chromium-headless-shell or /usr/bin/chromium';

/** `--no-sandbox`, because CI runs as root. The others keep Chromium from connecting to anything but the test's server. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless browser, with these arguments in addition. */
export function launchChromium(args: readonly string[] = []): Promise<Browser> {
  if (!CHROMIUM) throw new Error(`The browser cannot be started: ${NO_CHROMIUM}.`);
  return chromium.launch({ executablePath: CHROMIUM, args: [...ARGUMENTS, ...args] });
}

/** Pages of tests are open for a second or two. Compiling what runs often in them, on further threads, takes longer than it saves. */
const SHORT_PAGES = '--js-flags=--single-threaded --no-opt --no-maglev';

let shared: Promise<Browser> | undefined;

/** The browser of this process, which is started when it is first asked for, and ends with the process. */
export async function sharedChromium(): Promise<Browser> {
  const running = await shared;
  if (running?.isConnected()) return running;
  shared = launchChromium([SHORT_PAGES]);
  return shared;
}
