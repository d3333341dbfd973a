/** What nearly every page of this server must not do, whatever else it may do. */
const NOTHING = {
  'default-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/**
 * The Content-Security-Policy of a page: the page may load and do what `allowed` names, and nothing else.
 * @param allowed Directives with their sources, such as `{ 'img-src': "'self'" }`.
 */
export function pagePolicy(allowed: Readonly<Record<string, string>>): string {
  return Object.entries({ ...NOTHING, ...allowed })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}
