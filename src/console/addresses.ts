/** Marks the page that says how to build the console. The status of that page is 503, which proxies also send while a server is away. */
export const NOT_BUILT_HEADER = 'x-console-not-built';

/** Addresses of the server's other parts. The console shows no page there, because each part answers for itself. */
const NOT_THE_CONSOLE =
  /^\/(api|graphql|graphiql|healthz|readyz|metrics|schema\.graphql|assets|service-worker\.js|robots\.txt)(\/|$)/;

/** Whether the console shows a page at this path, be it "not found". */
export function isConsoleAddress(path: string): boolean {
  return !NOT_THE_CONSOLE.test(path);
}
