/** How long the name of an operation may be in the log, the metrics and the traces, in characters. GraphQL itself sets no bound. */
const MAX_NAME_LENGTH = 64;

/**
 * What looks like an API token's key in a name: more than 32 letters and digits in a row, of which the letters are all small or all
 * capital. Keys have 40. Long names that people choose have letters of both cases, or underscores. The search for a digit is bounded,
 * because a name may be as long as a document.
 */
const KEY_LIKE = /(?=[A-Z]{0,32}\d)[A-Z\d]{33,}|(?=[a-z]{0,32}\d)[a-z\d]{33,}/g;

/**
 * The name of an operation as the log, the metrics and the traces show it. The parser has let only letters, digits and underscores
 * through. A part that looks like a key is masked, because a client may have put its token in the wrong place.
 */
export function shownOperationName(name: string): string {
  return name.replace(KEY_LIKE, '[masked]').slice(0, MAX_NAME_LENGTH);
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
