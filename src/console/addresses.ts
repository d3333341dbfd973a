/**
 * Response header that marks the page that says how to build the console. The status of that page is 503, but proxies also send 503 while a
 * server is away.
 */
export const NOT_BUILT_HEADER = 'x-console-not-built';

/** Addresses of the server's other parts. The console shows no page there, because each part answers for itself. */
const NOT_THE_CONSOLE =
  /^\/(api|graphql|graphiql|healthz|readyz|metrics|schema\.graphql|assets|service-worker\.js|robots\.txt)(\/|$)/;

/** Whether the console answers this path with a page, which may be its "not found" page. */
export function isConsoleAddress(path: string): boolean {
  return !NOT_THE_CONSOLE.test(path);
}
