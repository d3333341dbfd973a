import { shownOperationName } from '../http/observed.ts';

/** How many names of operations that the server does not know get series of their own. */
export const MAX_OTHER_NAMES = 100;

/**
 * Creates the function that gives the metrics' label for an operation's name, as `Observed` has it. Each label is a series that
 * Prometheus keeps, and callers choose the names. So only these have labels of their own: the names that the server knows, and the
 * first MAX_OTHER_NAMES others. The rest share the label `other`.
 */
export function operationLabels(known: Iterable<string>): (operation: string) => string {
  const labels = new Set([...known].map(shownOperationName));
  const max = labels.size + MAX_OTHER_NAMES;
  return (operation) => {
    if (labels.has(operation)) return operation;
    if (labels.size >= max) return 'other';
    labels.add(operation);
    return operation;
  };
}
