/** Addresses of the server's other parts. The console shows no page there, because each part answers for itself. */
const NOT_THE_CONSOLE =
  /^\/(api|graphql|graphiql|healthz|readyz|metrics|schema\.graphql|assets|service-worker\.js|robots\.txt)(\/|$)/;

/** Whether the console shows a page at this path, be it "not found". */
export function isConsoleAddress(path: string): boolean {
  return !NOT_THE_CONSOLE.test(path);
}
