let done = false;

/**
 * Lets the service worker keep the console, so that it can start without a network. Call it when everything that most
 * visits need is loaded. Browsers support service workers only on https and on localhost.
 */
export function keepConsole(): void {
  // The program is the last script. The bundler's runtime comes before it, and cannot identify a build, because it rarely changes.
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
