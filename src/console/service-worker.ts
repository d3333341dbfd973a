/**
 * Shows the console while there is no network, with the page and the files from the browser's cache. It never caches any
 * data, because the page itself keeps the last list, see app/fill-cache.ts. It always asks the server for the page first, so
 * that a cached page, which may be of an older build, is shown only if the server does not answer.
 */
import { isConsoleAddress, NOT_BUILT_HEADER } from './addresses.ts';

/** The parts of a service worker (https://www.w3.org/TR/service-workers/) that are used here. */
interface ServiceWorker {
  readonly location: { readonly origin: string };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install', listener: () => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}
interface FetchEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface MessageEvent {
  readonly data: LoadedConsole;
  waitUntil(work: Promise<void>): void;
}
interface Cache {
  match(path: string, options: { ignoreVary: boolean }): Promise<Response | undefined>;
  put(path: string, response: Response): Promise<void>;
  addAll(paths: readonly string[]): Promise<void>;
}
declare const self: ServiceWorker;
/** `match` searches the caches in the order in which they were created. */
interface Caches extends Pick<Cache, 'match'> {
  open(name: string): Promise<Cache>;
  keys(): Promise<readonly string[]>;
  delete(name: string): Promise<boolean>;
}
declare const caches: Caches;

/** The message that a page sends once it is loaded: its program, and all files that it has loaded. */
interface LoadedConsole {
  readonly program: string;
  readonly files: readonly string[];
}

const PAGE = '/';
/** The status codes that proxies send while the server is away. */
const AWAY = new Set([502, 503, 504]);

self.addEventListener('install', () => void self.skipWaiting());

self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== self.location.origin) return;
  if (mode === 'navigate' && isConsoleAddress(pathname)) event.respondWith(page(event.request));
  if (pathname.startsWith('/assets/')) event.respondWith(file(event.request, pathname));
});

self.addEventListener('message', (event) => event.waitUntil(keep(event.data)));

async function page(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    const isAway = AWAY.has(response.status) && !response.headers.has(NOT_BUILT_HEADER);
    return isAway ? ((await kept(PAGE)) ?? response) : response;
  } catch (error) {
    const response = await kept(PAGE);
    if (response) return response;
    throw error;
  }
}

/** A cached file is never out of date, because its address changes with its content. */
async function file(request: Request, path: string): Promise<Response> {
  return (await kept(path)) ?? fetch(request);
}

async function kept(path: string): Promise<Response | undefined> {
  return caches.match(path, { ignoreVary: true });
}

/**
 * Keeps the page and the files of one build in a cache of their own. The cache of an earlier build is deleted only when this one is
 * complete, because the network may fail meanwhile. The files come from the browser's HTTP cache.
 */
async function keep({ program, files }: LoadedConsole): Promise<void> {
  const name = `console ${program}`;
  const cache = await caches.open(name);
  const isKept = async (path: string) => (await cache.match(path, { ignoreVary: true })) !== undefined;
  if (await isKept(PAGE)) {
    const missing = await Promise.all(files.map(async (path) => ((await isKept(path)) ? [] : [path])));
    await cache.addAll(missing.flat());
  } else {
    const response = await fetch(PAGE);
    // The server may have been updated since the page was loaded. Then the new page is cached when the user loads it.
    if (!response.ok || !(await response.clone().text()).includes(program)) return void (await caches.delete(name));
    await cache.addAll(files);
    // The page is stored last, so a cache that has the page is complete.
    await cache.put(PAGE, response);
  }
  const others = (await caches.keys()).filter((other) => other !== name);
  await Promise.all(others.map((other) => caches.delete(other)));
}
