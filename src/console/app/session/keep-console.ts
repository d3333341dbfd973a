let done = false;

/**
 * Lets the service worker keep the console for a start without a link. Called when everything is loaded that most visits
 * need. Browsers have service workers for https and for localhost only.
 */
export function keepConsole(): void {
  // The bundler's runtime stands before the program, and is the same in most builds.
  const program = [...document.querySelectorAll<HTMLScriptElement>('script[type=module][src]')].at(-1);
  if (done || !('serviceWorker' in navigator) || !program || import.meta.env.DEV) return;
  done = true;
  void tellWorker(navigator.serviceWorker, new URL(program.src).pathname).catch(() => {
    // The browser allows none, such as in a private window.
  });
}

async function tellWorker(workers: ServiceWorkerContainer, program: string): Promise<void> {
  await workers.register('/service-worker.js');
  const { active } = await workers.ready;
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  const files = loaded.filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a service worker has one origin only
  active?.postMessage({ program, files: [...new Set([program, ...files.map(({ pathname }) => pathname)])] });
}
