/** How long the name of an operation may be in the log, the metrics and the traces, in characters. GraphQL itself sets no bound. */
const MAX_NAME_LENGTH = 64;

/**
 * The name of an operation as the log, the metrics and the traces show it. The parser has let only letters, digits and underscores
 * through, so that the length is all that needs a bound.
 */
export function shownOperationName(name: string): string {
  return name.slice(0, MAX_NAME_LENGTH);
}

/**
 * What the parts of the server note about one request, for its line in the log and for the metrics. Nothing in it decides
 * how the request is answered.
 */
export interface Observed {
  /** The UUID of the caller's workspace. */
  workspace?: string;
  /** The name of the operation that ran, as `shownOperationName` returns it. Callers choose it. */
  operation?: string;
  /** The cost of the operation that ran. */
  cost?: number;
  /** Whether the answer is a stream, which ends when its client goes. */
  stream?: true;
  /** The codes of the errors in the answer, from the catalogue of errors. */
  readonly codes: string[];
}

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- Express's own way to add to its types
  namespace Express {
    interface Locals {
      /** The id of the request. The response, the log and internal errors carry it. */
      requestId: string;
      observed: Observed;
    }
  }
}
