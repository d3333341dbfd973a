/** How many names of operations that the server does not know get series of their own. */
export const MAX_OTHER_NAMES = 100;

/** How long a name may be in the log and in the metrics, in characters. GraphQL itself sets no bound. */
const MAX_LENGTH = 64;

/**
 * The name of an operation as the log shows it. The parser has let only letters, digits and underscores through, so that
 * the length is all that needs a bound.
 */
export function shownName(operation: string): string {
  return operation.slice(0, MAX_LENGTH);
}

/**
 * Creates the function that gives the metrics' label for an operation's name. Each label is a series that Prometheus keeps,
 * and callers choose the names. So only these have labels of their own: the names that the server knows, and the first
 * MAX_OTHER_NAMES others. The rest share the label `other`.
 */
export function operationLabels(known: Iterable<string>): (operation: string) => string {
  const labels = new Set([...known].map(shownName));
  const most = labels.size + MAX_OTHER_NAMES;
  return (operation) => {
    const name = shownName(operation);
    if (labels.has(name)) return name;
    if (labels.size >= most) return 'other';
    labels.add(name);
    return name;
  };
}
